import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from handlers.terminal.desk_commands import desk_group
from tests.test_imports import ROOT


def desk(folder: Path, *line: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "bot.py"), "desk", *line, "--data", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_desk_opens_without_the_bot_and_keeps_its_cases_under_data(tmp_path: Path) -> None:
    done = desk(tmp_path, "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "desk.db").is_file()


def test_answering_alone_reads_no_database_library() -> None:
    check = "import sys, bot, app.ask; sys.exit('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False)
    assert done.returncode == 0


def test_nothing_waiting_is_said_in_words_and_is_no_line_of_json(tmp_path: Path) -> None:
    assert desk(tmp_path, "list").stdout == "There are none.\n"
    assert desk(tmp_path, "list", "--json").stdout == ""


def test_a_case_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    done = desk(tmp_path, "show", "12")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "C-12" in done.stderr


def test_a_switch_stays_on_and_is_in_the_audit_trail(tmp_path: Path) -> None:
    assert desk(tmp_path, "switch", "off", "on").stdout == "On: off.\n"
    trail = desk(tmp_path, "audit").stdout.splitlines()
    assert "switched on,off" in trail[1]
    assert "entries" in json.loads(desk(tmp_path, "audit", "--verify", "--json").stdout)


def test_each_group_of_desk_commands_has_each_option_once() -> None:
    for group in (desk_group(click.pass_obj), desk_group(click.pass_obj)):
        options = [option.name for option in group.commands["answer"].params]
        assert options.count("as_json") == 1


def test_a_link_that_opens_the_desk_is_printed_unless_people_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (desk(tmp_path, "link", "--address", "http://127.0.0.1:80/") for _ in range(2))
    assert one.stdout.startswith("http://127.0.0.1:80/desk?key=")
    assert one.stdout != other.stdout
    monkeypatch.setenv("PUBLIC_URL", "https://policy.example.gov.uk")
    refused = desk(tmp_path, "link")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "https://policy.example.gov.uk/desk" in refused.stderr
