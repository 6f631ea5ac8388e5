"""Microsoft's Agents Playground as a process of its own, talking to a bot on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.handlers.teams import tenant

PROGRAM = Path(__file__).parent / "node_modules/@microsoft/m365agentsplayground/cli.js"
MISSING = "The Teams tests need Node.js 18 and the packages beside them: make test installs both"


@contextmanager
def agents_playground(bot: str, folder: Path) -> Iterator[str]:
    """Yields the address of its page; `bot` is the address of a bot's `/api/messages`."""
    node = shutil.which("node")
    if node is None or not PROGRAM.exists():
        pytest.fail(MISSING, pytrace=False)
    with subprocess.Popen(
        # Port 0 is any free one, --dt is "no telemetry".
        [node, str(PROGRAM), "-e", bot, "-c", "msteams", "--dt", "-p", "0"],
        env=_environment(folder),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as process:
        try:
            yield f"http://127.0.0.1:{_port(process)}"
        finally:
            process.terminate()


def _environment(folder: Path) -> dict[str, str]:
    configuration = folder / "playground.yml"
    configuration.write_text(tenant.configuration(), encoding="utf-8")
    return {
        **os.environ,
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(configuration),
        "M365_AGENTS_PLAYGROUND_LOGFILE": str(folder / "playground.log"),
    }


def _port(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        if found := re.match(r"Listening on (\d+)", line):
            return int(found[1])
        said += line
    raise AssertionError(f"The Agents Playground did not start. It said: {said}")
