"""Which questions count as asked in the same words."""

import pytest

from desk.model.question import pending_key
from knowledge.policy import Role


def key(text: str, *earlier: str) -> str:
    return pending_key(Role.STAFF, text, earlier)


@pytest.mark.parametrize(
    "text",
    ["may I post?", "  May I  POST", "“May I post?”", "May I post!", "may (I) post."],
)
def test_other_spacing_case_quotes_and_end_marks_are_the_same_words(text: str) -> None:
    assert key(text) == key("May I post?")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gifts over £50?", "Gifts over 50?"),
        ("Gifts over £50?", "Gifts over €50?"),
        ("More than 5,000 followers?", "More than 5 000 followers?"),
        ("A fee of 1.5?", "A fee of 15?"),
        ("Groups of < 5?", "Groups of > 5?"),
        ("A rise of 5%?", "A rise of 5?"),
        ("with consent?", "without consent?"),
    ],
)
def test_other_amounts_and_signs_are_other_words(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_the_last_earlier_message_and_the_role_count() -> None:
    assert key("And on Sunday?", "May I post?") != key("And on Sunday?", "May I tweet?")
    assert key("And on Sunday?", "a", "May I post?") == key("And on Sunday?", "b", "May I post?")
    assert key("May I post?") != pending_key(Role.MANAGER, "May I post?", ())
