"""Every way into the desk has a limit, which is checked before anything else reads the words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.model.case_filter import CaseFilter
from desk.model.errors import TooLong
from desk.model.question import Verdict
from desk.model.text import LONGEST_HISTORY, LONGEST_REMARK, LONGEST_TEXT
from desk.services.desk import Desk
from tests.desk.council import ANN, JANE, accepted, answered, event, incoming, opened
from tests.desk.services.test_publishing import REVIEWED

LONG = "a" * (LONGEST_TEXT + 1)

WAYS_IN: dict[str, Callable[[Desk], object]] = {
    "question": lambda desk: desk.intake.accept(incoming(text=LONG)),
    "follow-up": lambda desk: desk.case_edits.follow_up(event(), "C-1", LONG),
    "edit": lambda desk: desk.case_edits.edited(event(), "m-60", LONG),
    "remark": lambda desk: desk.intake.feedback(
        1, ANN, Verdict.HELPFUL, "a" * (LONGEST_REMARK + 1)
    ),
    "answer": lambda desk: desk.casework.answer("C-1", JANE, LONG),
    "correction": lambda desk: desk.casework.correct("C-1", JANE, LONG),
    "reason": lambda desk: desk.casework.close("C-1", JANE, LONG),
    "published answer": lambda desk: desk.publishing.publish(
        "C-1", JANE, replace(REVIEWED, text=LONG)
    ),
    "published question": lambda desk: desk.publishing.publish(
        "C-1", JANE, replace(REVIEWED, question=LONG)
    ),
    "owner": lambda desk: desk.publishing.publish("C-1", JANE, replace(REVIEWED, owner=LONG)),
    "search": lambda desk: desk.queue.listed(CaseFilter(text=LONG), 9),
}


@pytest.mark.parametrize("way", WAYS_IN)
def test_a_text_that_is_too_long_is_refused_and_changes_nothing(
    sqlite_desk: Desk, way: str
) -> None:
    case = opened(sqlite_desk, message="m-60")
    with pytest.raises(TooLong, match="Please shorten it"):
        WAYS_IN[way](sqlite_desk)
    assert sqlite_desk.casework.show(case.ref) == case


def test_a_text_of_the_full_length_is_taken_and_masked(sqlite_desk: Desk) -> None:
    text = ("ann@example.org " * 2000)[:LONGEST_TEXT]
    case = opened(sqlite_desk, text=text)
    assert "ann@" not in case.question


def test_of_the_earlier_messages_the_latest_are_kept(sqlite_desk: Desk) -> None:
    earlier = tuple(str(number) for number in range(LONGEST_HISTORY + 5))
    number = accepted(sqlite_desk, replace(incoming(), history=(LONG, *earlier)))
    assert sqlite_desk.intake.asked_by(ANN, number).history == earlier[5:]


def test_an_answered_case_is_closed_without_a_reason(sqlite_desk: Desk) -> None:
    sqlite_desk.casework.close(answered(sqlite_desk).ref, JANE, " ")
