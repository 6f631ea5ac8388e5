import pytest

from answer.section_lookup import place_named
from tests.toy import POLICY


def sections(text: str) -> list[str]:
    place = place_named(text, [POLICY])
    assert place is not None
    return [clause.section for _, clause in place.clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what does section 1 say?", ["1"]),
        ("section 2a", ["2(a)"]),
        ("show me 2(b) please", ["2(b)"]),
        ("clause 2 (A)", ["2(a)"]),
        ("§ 3", ["3"]),
        ("what's in para 2", ["2(a)", "2(b)"]),
        ("read me the bit about councillors", ["3"]),
        ("what is the section on records", ["4"]),
    ],
)
def test_a_question_that_names_a_place_finds_it(text: str, expected: list[str]) -> None:
    assert sections(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "does section 3 apply to me at weekends?",
        "can I post 2 photos a day?",
        "is £2.50 claimable",
        "I got to level 3(b) of the quiz, can I tweet it",
        "see you at 10.30",
        "any rules about hashtags?",
        "is there a bit on emojis",
    ],
)
def test_a_question_that_asks_more_than_a_place_is_left_to_the_search(text: str) -> None:
    assert place_named(text, [POLICY]) is None


def test_a_section_that_the_policy_lacks_is_named_but_empty() -> None:
    assert sections("what does section 12 say") == []
