import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from app.desk import hours
from settings import BadSettings, read_settings
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


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("time_zone", "Europe/Atlantis"),
        ("closed_days", "Boxing Day"),
        ("escalation", "never"),
        ("office_days", "Mon,Tues"),
        ("office_days", " , "),
        ("close_answered_after_days", 0),
    ],
)
def test_a_wrong_setting_is_named(setting: str, value: object) -> None:
    with pytest.raises(BadSettings, match=setting.upper()) as refused:
        read_settings(**{setting: value})
    assert str(refused.value).count("\n") == 0


def test_the_office_is_open_on_the_days_that_are_set() -> None:
    open_on_saturday = hours(read_settings(office_days="Tue, Sat"))
    assert open_on_saturday.is_working_day(date(2026, 11, 28))
    assert not open_on_saturday.is_working_day(date(2026, 11, 23))
    assert hours(read_settings()).weekdays == frozenset(range(5))


def test_the_database_address_is_not_printed() -> None:
    settings = read_settings(database_url="postgresql://bot:hunter2@host/desk")
    assert "hunter2" not in repr(settings)
    assert settings.database == "postgresql://bot:hunter2@host/desk"
