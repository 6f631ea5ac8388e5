"""The pairs were written apart from the rules; those with odd numbers were seen while building."""

import json
from pathlib import Path

import pytest

from handlers.conversation.question_words import question_words
from handlers.conversation.same_question import same_question
from knowledge.same_question import normal_words

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent / "same_question_pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
OPPOSITES = [pair for pair in PAIRS if not pair["same"]]
PARAPHRASES = [pair for pair in PAIRS if pair["same"]]


@pytest.mark.parametrize("pair", OPPOSITES, ids=lambda pair: pair["id"])
def test_opposites_are_never_the_same(pair: dict[str, str]) -> None:
    assert not same_question(pair["left"], pair["right"])
    assert not same_question(pair["right"], pair["left"])


def test_some_paraphrases_are_recognised() -> None:
    """Most are not: they say the same in words that nothing here knows to be alike."""
    recognised = sum(same_question(pair["left"], pair["right"]) for pair in PARAPHRASES)
    assert recognised >= 0.2 * len(PARAPHRASES)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            "May we post photos of pupils with consent?",
            "May we post photos of pupils without consent?",
        ),
        ("Can I claim over £50?", "Can I claim under £50?"),
        ("Can I claim £50 for a taxi?", "Can I claim £5,000 for a taxi?"),
        ("Can I claim £50 for a taxi?", "Can I claim 50% for a taxi?"),
        ("Is the hall free on Monday?", "Is the hall free on Friday?"),
        ("Can I see my manager's diary?", "Can my manager see my diary?"),
        ("May staff film councillors?", "May councillors film staff?"),
        ("Do I tell HR before I post?", "Do I post before I tell HR?"),
        ("Can I not attend and film?", "Can I attend and not film?"),
        ("When is the training meeting?", "Is there a training meeting?"),
        ("Who edited the post?", "Who may edit the post?"),
        ("Did staff film the hall?", "May staff film the hall?"),
        ("Must I use the logo on posters?", "May I use the logo on posters?"),
        ("May I post photos?", "May I post photos of children?"),
        ("Is that ok?", "Can she just do that?"),
        ("Do I need consent if the child is 12?", "Do I need consent unless the child is 12?"),
    ],
)
def test_questions_that_differ_in_one_point_differ(left: str, right: str) -> None:
    assert not same_question(left, right)
    assert not same_question(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            "May we post photos of pupils with consent?",
            "can we publish pics of pupils, with consent",
        ),
        ("Can I claim five thousand pounds for a taxi?", "can i claim 5k pounds for a taxi?"),
        ("Could we hire the hall on Monday, please?", "On Monday could we hire the hall?"),
        (
            "Is the hall open for no more than 20 people?",
            "is the hall open for at most twenty people",
        ),
        ("Staff get paid lunch breaks, don't they?", "Do staff get paid lunch breaks?"),
        ("isnt it allowed to film in the hall", "Is it not allowed to film in the hall?"),
        ("What's the deadline for expenses", "what is the closing date for expenses?"),
        ("Who may film at 9:00 am in the hall?", "who can film at 9am in the hall"),
    ],
)
def test_the_same_question_may_be_put_in_other_words(left: str, right: str) -> None:
    assert same_question(left, right)
    assert same_question(right, left)


def test_a_long_message_is_read_in_linear_time() -> None:
    """A quadratic reading of this would take minutes."""
    long = "may i post photos of the hall, " * 20_000
    assert len(question_words(long).content) == 60_000


def test_two_long_messages_are_never_the_same() -> None:
    long = "hall photo " * 2_000
    assert not same_question(long, f"{long} logo")


def test_words_alone_are_equal_only_with_the_signs_that_change_a_meaning() -> None:
    assert normal_words("May I claim £50?") == normal_words("may i claim £50")
    assert normal_words("May I claim £50?") != normal_words("May I claim 50%?")
