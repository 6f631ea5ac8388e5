from dataclasses import replace

import pytest

from knowledge.comparison import Change, Fate, changed_in_meaning, compare
from knowledge.documents.reading import read_string
from knowledge.policy import Policy

OLD = """Parking policy

1. Permits

1.1 Each household may hold two permits.

1.2 You must return a permit within 14 days.

2. Visitors

2.1 A visitor may park for four hours.
"""


def policy(text: str) -> Policy:
    return read_string(text, "parking").policy


def changes(old: str, new: str) -> dict[str, Change]:
    found = compare(policy(old), policy(new))
    return {change.section: change.change for change in found if change.change is not Change.SAME}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("two permits", "three permits", Change.CHANGED),
        ("14 days", "15 days", Change.CHANGED),
        ("must return", "may return", Change.CHANGED),
        ("must return", "must not return", Change.CHANGED),
        ("may park", "may  park", None),
        ("household", "houshold", Change.SPELLING),
        ("visitor", "vistior", Change.SPELLING),
        ("four hours", "for hours", Change.CHANGED),
        ("household", "Household", None),
        ("permits.", "permits!", None),
    ],
)
def test_a_change_of_words_is_told_from_a_change_of_spelling(
    old: str, new: str, change: Change | None
) -> None:
    assert set(changes(OLD, OLD.replace(old, new)).values()) == ({change} if change else set())


def test_an_added_and_a_removed_clause_are_named() -> None:
    new = OLD.replace("1.2 You must return a permit within 14 days.\n\n", "")
    new += "\n2.2 A visitor must show a ticket.\n"
    assert changes(OLD, new) == {"1.2": Change.REMOVED, "2.2": Change.ADDED}


def test_a_clause_that_only_moved_keeps_its_words() -> None:
    new = OLD.replace(
        "2. Visitors\n\n2.1 A visitor", "2. Dogs\n\n2.1 No dogs.\n\n3. Visitors\n\n3.1 A visitor"
    )
    moved = [change for change in compare(policy(OLD), policy(new)) if change.section == "3.1"]
    assert [change.change for change in moved] == [Change.SAME]


def test_the_words_of_a_change_are_shown_in_order() -> None:
    found = changed_in_meaning(policy(OLD), policy(OLD.replace("two permits", "three permits")))
    (change,) = found
    assert [(run.fate, run.text.strip()) for run in change.runs] == [
        (Fate.KEPT, "Each household may hold"),
        (Fate.REMOVED, "two"),
        (Fate.ADDED, "three"),
        (Fate.KEPT, "permits."),
    ]


def test_a_section_printed_twice_is_compared_in_turn() -> None:
    once = policy(OLD)
    twice = replace(once, clauses=(*once.clauses, once.clauses[-1]))
    assert {change.change for change in compare(twice, twice)} == {Change.SAME}
    assert [change.change for change in compare(once, twice)][-1] is Change.ADDED
