import pytest

from desk.model.repetition import ErasedWords

SAID = "My manager Dave saw me posting from the office on Friday and now wants my phone"


@pytest.mark.parametrize(
    "published",
    [
        f"Somebody wrote: {SAID.upper()}!",
        "Saw me posting, from the office on Friday and now: no.",
        "Ann Asker may not post.",
        "May I post cats?",
    ],
)
def test_a_run_of_words_a_whole_message_or_a_name_is_a_repetition(published: str) -> None:
    assert ErasedWords([SAID, "may I post cats"], ["Ann Asker"]).are_in(published)


@pytest.mark.parametrize(
    "published", ["", "Staff post from the office on Friday.", "Annie Asker", "Yes", "May I?"]
)
def test_words_that_many_people_use_are_none(published: str) -> None:
    assert not ErasedWords([SAID, "yes", "May I?", ""], ["Ann Asker", ""]).are_in(published)
