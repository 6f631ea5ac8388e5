"""What the bot loads before it answers: no library that only learning or reporting needs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_bot

# Each takes a second or more to load, or a hundred megabytes.
LARGE = {"matplotlib", "scipy", "sentence_transformers", "sklearn", "torch", "transformers"}
QUESTION = "can I use the council logo on my personal blog?"
TELL_IMPORTS = {"PYTHONPROFILEIMPORTTIME": "1"}


def imported(report: str) -> set[str]:
    """The top-level modules in what Python reports of its imports."""
    return {line.rpartition("|")[2].strip().split(".")[0] for line in report.splitlines()}


@pytest.mark.parametrize(
    ("arguments", "typed"), [(("ask", QUESTION), ""), (("chat",), QUESTION), (("desk", "list"), "")]
)
def test_a_command_that_answers_is_light(data: Path, arguments: list[str], typed: str) -> None:
    ran = run_bot(*arguments, "--data", str(data), input=typed, **TELL_IMPORTS)
    assert ran.returncode == 0, ran.stderr
    assert "knowledge" in imported(ran.stderr)
    assert not imported(ran.stderr) & LARGE


def test_the_server_is_light(data: Path) -> None:
    serve = [sys.executable, str(ROOT / "bot.py"), "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(
        serve,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **TELL_IMPORTS},
    ) as process:
        report = ""
        for line in process.stderr or ():
            report += line
            if "handlers.web.desk.routes" in line:
                break
        process.send_signal(signal.SIGTERM)
        report += process.communicate(timeout=60)[1]
    assert not imported(report) & LARGE
