from dataclasses import replace

from handlers.web.policies.reader import Wanted, passages
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Policy, Role
from tests.toy import LOGO, MEETING, POLICY, clause


def under(section: str, *path: str) -> Clause:
    return replace(clause(section, path[-1], LOGO), path=path)


def headings(*clauses: Clause) -> list[list[tuple[int, str, str]]]:
    policy = Policy("p", "The policy", "", clauses, ())
    return [
        [(heading.level, heading.number, heading.text) for heading in passage.headings]
        for passage in passages(policy, Wanted())
    ]


def test_a_heading_is_shown_once_above_its_clauses() -> None:
    assert headings(
        under("1", "Travel"), under("1(a)", "Travel", "Hotels"), under("1(b)", "Travel", "Hotels")
    ) == [[(2, "1", "Travel")], [(3, "", "Hotels")], []]


def test_a_heading_is_repeated_in_another_section() -> None:
    assert headings(under("1", "Travel", "Notes"), under("2", "Food", "Notes")) == [
        [(2, "1", "Travel"), (3, "", "Notes")],
        [(2, "2", "Food"), (3, "", "Notes")],
    ]


def test_the_title_of_the_policy_is_no_heading_inside_it() -> None:
    assert headings(under(OUTSIDE_SECTIONS, "The policy")) == [[]]


def test_who_a_clause_is_for_is_said_where_it_is_not_for_all() -> None:
    for_councillors = replace(clause("5", "Meetings", MEETING), audience=(Role.COUNCILLOR,))
    policy = Policy("p", "P", "", (for_councillors, POLICY.clauses[0]), ())
    assert [passage.readers for passage in passages(policy, Wanted())] == [(Role.COUNCILLOR,), ()]


def test_a_quote_over_two_lines_is_marked_in_both() -> None:
    split = replace(POLICY.clauses[0], text="Not this. Avoid the\nlogo. Nor that.")
    policy = Policy("p", "P", "", (split,), ())
    (passage,) = passages(policy, Wanted(quote="Avoid the logo."))
    marked = [[run.text for run in line if run.marked] for line in passage.lines]
    assert marked == [["Avoid the"], ["logo."]]
    assert passage.quoted


def test_a_quote_is_marked_only_where_the_reader_was_sent() -> None:
    looked = Wanted(quote=MEETING.text, anchor="1")
    assert not any(passage.quoted for passage in passages(POLICY, looked))
