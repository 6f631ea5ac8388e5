from datetime import UTC, datetime

from desk.model.policy_version import AnsweredQuestion
from handlers.conversation.policy_changes import asker_notices, sections_changed
from knowledge.comparison import compare
from knowledge.documents.reading import read_string
from knowledge.policy import Policy

TEXT = """Parking policy

1. Permits

1.1 Each household may hold two permits.

1.2 You must return a permit within 14 days.
"""
ASKED = datetime(2026, 11, 3, 10, tzinfo=UTC)


def policy(text: str) -> Policy:
    return read_string(text, "parking").policy


def told(new: str, *sections: str) -> str:
    changes = compare(policy(TEXT), policy(new))
    question = AnsweredQuestion(5, "how many permits?", ASKED, sections)
    (notice,) = asker_notices([question], changes, UTC)
    return notice.message.text


def test_an_asker_reads_what_they_asked_and_both_wordings() -> None:
    assert told(TEXT.replace("two", "three"), "1.1").splitlines() == [
        "On 3 November you asked: “how many permits?”",
        "Section 1.1, Permits said: “Each household may hold two permits.”",
        "It now says: “Each household may hold three permits.”",
    ]


def test_an_asker_reads_that_a_clause_is_gone() -> None:
    without = TEXT.replace("1.2 You must return a permit within 14 days.\n", "")
    assert told(without, "1.2").splitlines()[-1] == "It is no longer in the policy."


def test_only_a_change_of_meaning_counts() -> None:
    spelling = TEXT.replace("household", "houshold").replace("14", "15")
    assert sections_changed(compare(policy(TEXT), policy(spelling))) == {"1.2"}


def test_long_clauses_are_cut() -> None:
    long = TEXT.replace("two permits", "two permits, " + "for each of its many cars, " * 200)
    assert len(told(long, "1.1")) < 2500
