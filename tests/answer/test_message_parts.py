from answer.message_parts import pieces


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
