import pytest

from answer.message_parts import asked_parts, asks_besides, pieces, sentences


def test_a_message_is_taken_apart_at_the_ends_of_its_sentences_and_lines() -> None:
    message = "Hi there\n\nA man rang. He was angry! Do I tell anybody?"
    assert sentences(message) == ("Hi there", "A man rang.", "He was angry!", "Do I tell anybody?")


def test_a_sentence_that_says_two_things_has_two_pieces() -> None:
    found = pieces("he hits her every night, and can I use the logo")
    assert "he hits her every night" in found
    assert "can I use the logo" in " ".join(found)


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        (
            "May I have my tablet out and who signs the business case?",
            ("May I have my tablet out", "who signs the business case?"),
        ),
        (
            "Do I need training? And how do I get on the course?",
            ("Do I need training?", "how do I get on the course?"),
        ),
        (
            "We want a page for the pool. Who do we tell? Also, is there a form?",
            ("Who do we tell?", "is there a form?"),
        ),
    ],
)
def test_each_question_of_a_message_is_found_in_the_askers_words(
    message: str, parts: tuple[str, ...]
) -> None:
    assert tuple(part.text for part in asked_parts(message)) == parts


def test_a_story_goes_with_the_question_that_follows_it() -> None:
    first, second = asked_parts("We want a page for the pool. Who do we tell? Is there a form?")
    assert first.story == "We want a page for the pool. Who do we tell?"
    assert second.story == "Is there a form?"


@pytest.mark.parametrize(
    "message",
    [
        "may I have the logo on my blog",
        "Somebody was rude under our post. I took it down. Do I owe them a reason?",
        "I and my team post about events and news, is that all right?",
        "One? Two? Three is it? Four are we? Is it five now? Are there six?",
    ],
)
def test_one_question_or_too_many_are_left_whole(message: str) -> None:
    assert asked_parts(message) == ()


def test_a_message_comes_apart_into_sentences_and_what_they_say() -> None:
    assert pieces("May I post this? He hit me on Monday, and I am scared.") == (
        "May I post this?",
        "He hit me on Monday, and I am scared.",
        "He hit me on Monday",
        "and I am scared.",
    )


def test_a_message_that_says_one_thing_is_one_piece() -> None:
    assert pieces("can I use the logo") == ("can I use the logo",)


def test_a_message_without_words_has_no_piece() -> None:
    assert pieces("?!\n…") == ()


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("He knows where I live. also do i have to say why if i delete his comment", True),
        ("He knows where I live. He says so every day.", False),
        ("He knows where I live.", False),
    ],
)
def test_what_is_left_beside_a_part_may_ask_something(message: str, *, asks: bool) -> None:
    assert asks_besides(message, "He knows where I live.") is asks
