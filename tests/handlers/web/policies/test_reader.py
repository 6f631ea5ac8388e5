from dataclasses import replace

from handlers.web.policies.reader import Wanted, passages
from knowledge.documents.files import read_policy
from knowledge.documents.reading import read_string
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Policy, Role
from settings import HERE
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
    marked = [
        [run.text for run in paragraph if run.marked]
        for block in passage.blocks
        for paragraph in block.paragraphs
    ]
    assert marked == [["Avoid the"], ["logo."]]
    assert passage.quoted


def test_a_quote_is_marked_only_where_the_reader_was_sent() -> None:
    looked = Wanted(quote=MEETING.text, anchor="1")
    assert not any(passage.quoted for passage in passages(POLICY, looked))


def shown(policy: Policy) -> list[list[tuple[bool, list[str]]]]:
    """For each passage its blocks: whether they are a list, and their paragraphs."""
    return [
        [
            (block.bulleted, ["".join(run.text for run in each) for each in block.paragraphs])
            for block in passage.blocks
        ]
        for passage in passages(policy, Wanted())
    ]


def test_bullets_are_shown_as_lists_and_wrapped_lines_as_one_paragraph() -> None:
    items = "  • whom it is for\n  • what it\n    costs"
    printed = f"1. Plans\n\nA plan says\nat least:\n\n{items}\n\nKeep it."
    policy = read_string(printed, "plans").policy
    assert shown(policy) == [
        [
            (False, ["A plan says at least:"]),
            (True, ["whom it is for", "what it costs"]),
            (False, ["Keep it."]),
        ]
    ]


def test_the_bullets_of_the_packaged_guidance_are_shown() -> None:
    policy = read_policy(HERE / "knowledge" / "policies" / "social-media-guidance.txt")
    listed = {
        passage.anchor: sum(len(block.paragraphs) for block in passage.blocks if block.bulleted)
        for passage in passages(policy, Wanted())
    }
    assert (listed["5"], listed["6-3"], listed["6"]) == (3, 9, 3)


def test_who_clauses_are_for_is_said_once_in_a_section() -> None:
    first, second, third = (
        replace(under(section, path), audience=audience)
        for section, path, audience in (
            ("4(a)", "Employees", (Role.STAFF,)),
            ("4(b)", "Employees", (Role.STAFF,)),
            ("5", "Managers", (Role.STAFF,)),
        )
    )
    policy = Policy("p", "P", "", (first, second, third), ())
    found = [passage.readers for passage in passages(policy, Wanted())]
    assert found == [(Role.STAFF,), (), (Role.STAFF,)]


def test_a_part_whose_number_is_in_a_heading_goes_by_its_heading() -> None:
    clauses = (
        under("2", "Travel"),
        under("2", "Travel", "Hotels"),
        under("2(a)", "Travel", "Hotels"),
    )
    policy = Policy("p", "P", "", clauses, ())
    assert [passage.label for passage in passages(policy, Wanted())] == ["", "", "2(a)"]
