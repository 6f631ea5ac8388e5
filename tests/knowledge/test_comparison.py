from dataclasses import replace
from functools import partial

import pytest

from knowledge.comparison import Change, Fate, changed_in_meaning, compare
from knowledge.documents.reading import read_string
from knowledge.policy import Policy
from tests.growth import is_linear

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


def relabelled(count: int, renamed: str) -> Policy:
    """`count` clauses whose headings and words differ a little from those with another name."""
    one = policy(OLD).clauses[0]
    clauses = (
        replace(
            one,
            section=f"{renamed} {number}",
            text=f"The {renamed} of house {number} may park car {number} in bay {number} till six.",
        )
        for number in range(count)
    )
    return replace(policy(OLD), clauses=tuple(clauses))


def test_a_clause_with_another_label_and_other_words_is_found_by_its_rare_words() -> None:
    found = compare(relabelled(200, "owner"), relabelled(200, "tenant"))
    assert {change.change for change in found} == {Change.CHANGED}
    assert all(each.old and each.new and each.new.text[-20:] in each.old.text for each in found)


def test_a_clause_of_which_exactly_four_fifths_are_kept_is_a_new_wording() -> None:
    old = OLD.replace("for four hours", "here today")
    new = old.replace("2. Visitors\n\n2.1 A", "3. Guests\n\n3.1 From now on, a")
    assert changes(old, new) == {"3.1": Change.CHANGED}


def test_clauses_whose_lengths_differ_much_are_no_wordings_of_each_other() -> None:
    long = OLD.replace("four hours.", "four hours " + "on each day of the week " * 3)
    new = long.replace("2. Visitors", "3. Guests").replace("2.1 A", "3.1 A")
    assert Change.REMOVED in changes(OLD, new).values()


def test_a_comparison_grows_linearly_where_every_label_is_another() -> None:
    pairs = [(relabelled(size, "owner"), relabelled(size, "tenant")) for size in (3000, 6000)]
    once, twice = (partial(compare, *pair) for pair in pairs)
    assert is_linear(once, twice)
