"""Teaching on the command line, with the real bot: import, ask, the card, and back out again."""

from pathlib import Path

import pytest

from handlers.terminal.question_text import json_line
from tests.app.test_teaching import RULES, TEXT, taught_with
from tests.conftest import run_bot


@pytest.fixture
def council(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "leave.txt").write_text(TEXT, encoding="utf-8")
    return ("--policies", str(tmp_path / "policies"), "--data", str(tmp_path / "data"))


def test_a_policy_is_taught_and_answers_and_its_questions_come_out_as_they_went_in(
    council: tuple[str, ...],
) -> None:
    lines = "\n".join(map(json_line, taught_with()))
    taken = run_bot("questions", "import", "leave", "-", *council, input=f"{lines}\nnot json")
    assert taken.returncode == 0, taken.stderr
    assert "Leave policy: 114 questions added, 114 in all." in taken.stdout
    assert "Line 115: not JSON" in taken.stdout
    assert f"Each of the {len(RULES)} sentences answers at least one question." in taken.stdout
    card = run_bot("evaluate", *council)
    assert "114" in card.stdout
    again = run_bot("questions", "export", "leave", *council)
    assert again.stdout.splitlines() == lines.splitlines()
    # The policy is taken out of the folder: its questions can still be read and deleted.
    (Path(council[1]) / "leave.txt").rename(Path(council[1]) / "holiday.txt")
    assert run_bot("questions", "list", *council).stdout == "leave: 114\n"
    left = run_bot("questions", "export", "leave", *council)
    assert left.stdout.splitlines() == lines.splitlines()
    gone = run_bot("questions", "delete", "leave", "--yes", *council)
    assert gone.stdout == "114 questions were deleted.\n"
    again = run_bot("questions", "delete", "leave", "--yes", *council)
    assert (again.returncode, again.stderr) == (
        2,
        "There is no policy 'leave'. There are: holiday.\n",
    )


def test_a_policy_that_is_not_there_and_a_writer_that_is_not_set_are_told_in_one_sentence(
    council: tuple[str, ...],
) -> None:
    missing = run_bot("questions", "prompt", "holidays", *council)
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr == "There is no policy 'holidays'. There are: leave.\n"
    unset = run_bot("questions", "draft", "leave", *council)
    assert unset.returncode == 2
    assert unset.stderr.startswith("Drafting needs QUESTION_WRITER_URL")
