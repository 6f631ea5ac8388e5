from collections.abc import Callable
from functools import partial
from math import isqrt

import pytest

from knowledge.policy import Policy
from tests.growth import is_linear
from tests.knowledge.parsing.read import parse


def _labels(policy: Policy) -> list[str]:
    return [clause.section for clause in policy.clauses]


def _labelled(*items: str) -> str:
    return "Policy\n\n1. Duties\n\n" + "\n\n".join(f"{item} keep it safe." for item in items)


def _problems(text: str) -> list[str]:
    return [defect.problem for defect in parse(text, "any").defects]


def test_i_after_h_is_a_letter_and_after_a_number_a_numeral() -> None:
    letters = _labelled(*(f"({letter})" for letter in "abcdefghij"))
    assert _labels(parse(letters, "any"))[-2:] == ["1(i)", "1(j)"]
    assert _labels(parse(_labelled("(i)", "(ii)"), "any")) == ["1(i)", "1(ii)"]
    nested = _labelled(*(f"({letter})" for letter in "abcdefgh"), "(i)", "(ii)", "(i)", "(j)")
    assert _labels(parse(nested, "any"))[-4:] == ["1(h)(i)", "1(h)(ii)", "1(i)", "1(j)"]


def test_lists_begin_anew_under_each_heading() -> None:
    text = (
        "1. Keys\n\nWe say:\n\n1. Lock it.\n\n2. Hide it.\n\n2. Doors\n\nWe say:\n\n1. Shut it.\n"
    )
    assert _labels(parse(text, "any")) == ["1", "1.1", "1.2", "2", "2.1"]


def test_a_list_goes_on_after_an_unnumbered_title() -> None:
    text = "4. Keys\n\n(a) Lock it.\n\n(b) Hide it.\n\nAt night\n\n(c) Hand it in.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["4(a)", "4(b)", "4(c)"]
    assert policy.clauses[2].path == ("Keys", "At night")


def test_paragraphs_numbered_through_keep_their_numbers() -> None:
    text = "Keys\n\nPurpose\n\n1. Lock it.\n\n2. Hide it.\n\nDuties\n\n3. Hand it in.\n\n4. Go.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["1", "2", "3", "4"]
    assert [clause.heading for clause in policy.clauses] == ["Purpose"] * 2 + ["Duties"] * 2


def test_a_closing_paragraph_belongs_to_the_section_not_to_the_last_item() -> None:
    text = _labelled("(a)", "(b)", "(c)") + "\n\nWhoever breaks these rules is told so.\n"
    assert _labels(parse(text, "any")) == ["1(a)", "1(b)", "1(c)", "1"]


def test_a_paragraph_between_items_belongs_to_the_item_above() -> None:
    text = _labelled("(a)", "(b)") + "\n\nIt may be heavy.\n\n(c) Go.\n\nIt may be late.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["1(a)", "1(b)", "1(c)"]
    assert policy.clauses[1].text == "keep it safe.\nIt may be heavy."


def test_a_number_lost_by_a_heading_is_found_in_its_paragraphs() -> None:
    text = "1. Keys\n\n1.1 Lock it.\n\nDoors\n\n2.1 Shut it.\n\n2.2 Paint it.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["1.1", "2.1", "2.2"]
    assert policy.clauses[2].path == ("Doors",)
    assert policy.defects[0].assumed == "it is 2"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (_labelled("(a)", "(c)"), "“(c)” follows a: b left out"),
        (_labelled("(a)", "(b)", "(b)"), "the number 1(b) appears twice"),
        (_labelled("(a)", "(b)", "(C)"), "“C” among small letters"),
        (_labelled("(c)", "(d)"), "“(c)” begins its list: a to b left out"),
        ("1.Keys are kept by us.\n", "no blank between “1.” and the text"),
        ("1. Keys\n\nWe keep the the keys.\n", "the word “the” is printed twice"),
        ("Keys\n\nWe keep them.\n\nBack to top\n", "“Back to top” is left over from a web page"),
        ("We keep the keys.\n\nWe do.\n", "the policy has neither headings nor numbers"),
    ],
)
def test_slips_are_reported(text: str, problem: str) -> None:
    assert problem in _problems(text)


def test_a_sound_policy_has_no_defects() -> None:
    assert _problems(_labelled("(a)", "(b)", "(c)")) == []


def test_the_contents_and_the_headings_are_compared() -> None:
    text = "Contents\n\n1. Keys\n2. Doors\n4. Roofs\n\n1. Keys\n\nWe do.\n\n2. Doors\n\nWe do.\n"
    text += "\n3. Windows\n\nWe do.\n"
    assert _problems(text) == [
        "the contents list “Roofs”, but no section has this title",
        "the section “Windows” is missing from the contents",
    ]


def test_without_headings_the_whole_is_cited_by_its_title() -> None:
    policy = parse("We keep the keys. You must ask.\n\nWe do not lend them.\n", "key-rules")
    assert (_labels(policy), policy.title) == (["0"], "Key rules")
    assert policy.clauses[0].heading == "Key rules"


def test_contents_whose_titles_recur_under_other_numbers_are_one_list() -> None:
    sections = ["1. Keys", "1.1 Purpose", "2. Doors", "2.1 Purpose"]
    text = "\n".join(["Rules", "", *sections, ""])
    text += "".join(f"\n{section}\n\nWe do so.\n" for section in sections)
    assert _labels(parse(text, "any")) == ["1", "1.1", "2", "2.1"]


def test_parts_may_count_their_sections_through() -> None:
    text = "PART A - GENERAL\n\n1. Keys\n\nWe do.\n\nPART B - DETAIL\n\n2. Doors\n\nWe do.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["1", "2"]
    assert policy.clauses[1].path == ("DETAIL", "Doors")


def test_parts_may_count_their_sections_anew() -> None:
    text = "Part 1: General\n\n1. Keys\n\nWe do.\n\nPart 2: Detail\n\n1. Doors\n\nWe do.\n"
    assert _labels(parse(text, "any")) == ["Part 1 1", "Part 2 1"]


def test_schedules_without_titles_hold_their_paragraphs() -> None:
    text = "Schedule 1\n\n1. Keys\n\n(1) Lock it.\n\nSchedule 2\n\n1. Doors\n\n(1) Shut it.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["Schedule 1 1(1)", "Schedule 2 1(1)"]
    assert policy.clauses[1].path == ("Schedule 2", "Doors")


def test_point_nought_heads_the_paragraphs_of_its_section() -> None:
    text = "1.0 PURPOSE\n\n1.1 Lock it.\n1.2 Hide it.\n\n2.0 SCOPE\n\nAll keys.\n"
    policy = parse(text, "any")
    assert _labels(policy) == ["1.1", "1.2", "2.0"]
    assert policy.clauses[0].path == ("PURPOSE",)


def test_nested_markdown_lists_are_numbered_within_each_other() -> None:
    text = (
        "# Rules\n\n# Keys\n\n1. First\n   goes on.\n2. Second\n   1. Inner.\n3. **Third.** End.\n"
    )
    policy = parse(text, "any")
    assert _labels(policy) == ["1", "2", "2.1", "3"]
    assert [sentence.text for sentence in policy.clauses[3].sentences] == ["Third.", "End."]


def test_a_label_alone_on_its_line_takes_the_next_line() -> None:
    policy = parse("ARTICLE I\nKEYS\n\n1.\nLock it.\n\n2.\nHide it.\n", "any")
    assert _labels(policy) == ["Article I.1", "Article I.2"]
    assert policy.clauses[0].heading == "KEYS"


def test_underlined_and_bold_lines_are_headings() -> None:
    text = "Keys\n====\n\nLocking\n-------\n\nLock it.\n\n**At night**\n\nHide it.\n"
    policy = parse(text, "any")
    assert [clause.path for clause in policy.clauses] == [("Locking",), ("Locking", "At night")]


def test_two_labels_on_one_line_are_both_kept() -> None:
    text = "1. Keys\n\n1.1 (a) Lock it.\n\n(b) Hide it.\n"
    assert _labels(parse(text, "any")) == ["1.1(a)", "1.1(b)"]


def test_initials_and_house_numbers_begin_no_item() -> None:
    text = "1. Contacts\n\nA. Smith keeps the keys.\n\n1 Castle Street is our address.\n"
    assert _labels(parse(text, "any")) == ["1"]


def test_a_dash_in_a_wrapped_line_is_no_bullet() -> None:
    text = "1. Keys\n\nEveryone who holds a key keeps it where nobody can take it away\n"
    text += "- not even for a day - and tells us at once when it is lost.\n"
    assert len(parse(text, "any").clauses[0].sentences) == 1


def _nested(size: int, item: str) -> str:
    """About `size` characters of items, each one space deeper than the last."""
    return "".join(f"{' ' * depth}{item.format(depth)}\n" for depth in range(isqrt(2 * size)))


MONSTROUS: dict[str, Callable[[int], str]] = {
    "nested bullets": lambda size: "You must:\n" + _nested(size, "- item {}:"),
    "nested numbers": lambda size: _nested(size, "1. item {} is kept."),
    "a long list": lambda size: "- item of a list\n" * (size // 50),
    "a long paragraph": lambda size: "word " * (size // 5),
    "opening quotes": lambda size: "“ a " * (size // 4),
    "labels in a row": lambda size: "(a) (1) " * (size // 8) + "x",
    "one long label": lambda size: "1." * (size // 2) + " Text",
    "white space": lambda size: "a" + " " * size + "b.",
    "nested block quotes": lambda size: "> " * (size // 2) + "x",
    "opened emphasis": lambda size: "**a" * (size // 3),
}


@pytest.mark.parametrize("kind", MONSTROUS)
def test_a_monstrous_file_that_is_twice_as_long_takes_at_most_three_times_as_long(
    kind: str,
) -> None:
    once, twice = (MONSTROUS[kind](size) for size in (250_000, 500_000))
    assert parse(twice, "any").clauses
    assert is_linear(partial(parse, once, "any"), partial(parse, twice, "any"))
