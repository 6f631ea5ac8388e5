"""The real bot, built once: the packaged weights, the whole bank, the real guidance."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["tests.browser.fixtures"]

ROOT = Path(__file__).parent.parent
LONGEST = "test_bot.py"
Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that two processes end together."""
    items.sort(key=lambda item: item.path.name != LONGEST)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built index of the real bot."""
    folder = tmp_path_factory.mktemp("data")
    built = run_bot("index", "--data", str(folder))
    assert built.returncode == 0, built.stderr
    return folder


def run_bot(*arguments: str, **options: str) -> subprocess.CompletedProcess[str]:
    """`options` may hold `input`, and settings by their names in capitals."""
    text = options.pop("input", "")
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **options},
        timeout=600,
        check=False,
    )
