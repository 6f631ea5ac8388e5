from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desk.model.case import Quote
from desk.model.people import PersonRef
from desk.model.policy_version import AnsweredQuestion
from handlers.conversation.policy_changes import AskerNotice, asker_notices, clauses_changed
from knowledge.comparison import Change, ClauseChange, compare
from knowledge.documents.reading import read_string
from knowledge.policy import Clause, ClauseRef, Policy

TEXT = """Parking policy

1. Permits

1.1 Each household may hold two permits.

1.2 You must return a permit within 14 days.
"""
NAMELESS = PersonRef("", "")
ASKED = datetime(2026, 11, 3, 10, tzinfo=UTC)


def policy(text: str) -> Policy:
    return read_string(text, "parking").policy


def asked(*sections: str, quote: str = "", case_ref: str = "") -> AnsweredQuestion:
    cited = tuple(Quote("parking", section, "Permits", quote) for section in sections)
    words = "how many permits?"
    return AnsweredQuestion(5, words, words, NAMELESS, "web", ASKED, ASKED, cited, case_ref)


def notices(new: str, question: AnsweredQuestion) -> tuple[AskerNotice, ...]:
    changes = compare(policy(TEXT), policy(new))
    return asker_notices("parking", [question], changes, None, UTC)


def told(new: str, *sections: str) -> str:
    (notice,) = notices(new, asked(*sections))
    return notice.message.text


def test_an_asker_reads_what_they_asked_and_both_wordings() -> None:
    assert told(TEXT.replace("two", "three"), "1.1").splitlines() == [
        "On 3 November you asked: “how many permits?”",
        "Section 1.1, Permits said: “Each household may hold two permits.”",
        "It now says: “Each household may hold three permits.”",
    ]


@pytest.mark.parametrize(
    ("section", "heading", "place"),
    [
        ("0", "Who it is for", "Who it is for"),
        ("0", "", "The policy"),
        ("Article II", "Permits", "Article II, Permits"),
    ],
)
def test_a_clause_is_named_as_the_policy_names_it(section: str, heading: str, place: str) -> None:
    old = Clause(section, heading, (heading,), "It is for all.", (), (), 3)
    change = ClauseChange(Change.CHANGED, old, replace(old, text="It is for a few."))
    cited = (Quote("parking", section, heading, ""),)
    question = replace(asked(), cited=cited)
    (notice,) = asker_notices("parking", [question], [change], None, UTC)
    assert notice.lines[1] == f"{place} said: “It is for all.”"


def test_an_asker_reads_that_a_clause_is_gone() -> None:
    without = TEXT.replace("1.2 You must return a permit within 14 days.\n", "")
    assert told(without, "1.2").splitlines()[-1] == "It is no longer in the policy."


def test_only_a_change_of_meaning_counts() -> None:
    spelling = TEXT.replace("household", "houshold").replace("14", "15")
    changes = compare(policy(TEXT), policy(spelling))
    assert clauses_changed("parking", changes) == {ClauseRef("parking", "1.2", "Permits")}


def test_long_clauses_are_cut() -> None:
    long = TEXT.replace("two permits", "two permits, " + "for each of its many cars, " * 200)
    assert len(told(long, "1.1")) < 2500


def test_who_was_answered_with_other_words_than_the_old_ones_is_left_out() -> None:
    new = TEXT.replace("two", "three")
    assert notices(new, asked("1.1", quote="Each household may hold one permit.")) == ()
    (notice,) = notices(new, asked("1.1", quote="Each household may hold two permits."))
    assert "two permits" in notice.lines[1]


def test_of_a_label_printed_twice_only_the_clause_that_was_cited_is_told() -> None:
    twice = TEXT + "\n2. Keys\n\n1.1 Each tenant may hold two keys.\n"
    changes = compare(policy(twice), policy(twice.replace("two", "three")))
    (notice,) = asker_notices("parking", [asked("1.1")], changes, None, UTC)
    assert [line for line in notice.lines if "keys" in line] == []


def test_who_was_answered_by_comms_reads_that_they_were() -> None:
    (notice,) = notices(TEXT.replace("two", "three"), asked("1.1", case_ref="C-3"))
    assert "communications team answered you (C-3)" in notice.message.lead
    assert notice.message.offers == ()
