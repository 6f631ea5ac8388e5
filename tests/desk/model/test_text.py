import pytest

from desk.model.errors import NothingSaid, TooLong
from desk.model.text import limited, required


def test_a_text_that_is_too_long_is_one_sentence_with_the_limit() -> None:
    assert limited("x" * 10, "An answer", 10) == "x" * 10
    with pytest.raises(TooLong, match="An answer may have at most 10 characters, and this has 11"):
        limited("x" * 11, "An answer", 10)


@pytest.mark.parametrize("text", ["", " \n", "\0"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(NothingSaid, match="An answer needs words"):
        required(text, "An answer")
