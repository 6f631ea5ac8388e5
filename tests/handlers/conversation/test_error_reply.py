import logging
import re

import pytest

from desk.model.errors import NotYours
from handlers.conversation.error_reply import error_reply, new_reference
from knowledge.errors import BadInput


def broken(words: str) -> RuntimeError:
    with pytest.raises(RuntimeError) as raised:
        fail(words)
    return raised.value


def fail(words: str) -> None:
    try:
        int(words)
    except ValueError as cause:
        raise RuntimeError(words) from cause


def test_a_refusal_says_itself_why(caplog: pytest.LogCaptureFixture) -> None:
    assert error_reply(NotYours("C-1 is not your question.")) == "C-1 is not your question."
    assert error_reply(BadInput("Give a day.")) == "Give a day."
    assert caplog.records == []


def test_the_person_gets_a_reference_and_the_log_the_traceback_without_their_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        told = error_reply(broken("may I post about the zebra"))
    found = re.search(r"E-[0-9A-F]{6}", told)
    assert found is not None
    assert found[0] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "ValueError" in caplog.text
    assert "in fail" in caplog.text
    assert "zebra" not in caplog.text + told


def test_a_stored_question_is_said_to_be_saved() -> None:
    assert "is saved" in error_reply(broken(""), stored=True)
    assert "try again" in error_reply(broken(""))


def test_no_two_references_are_alike() -> None:
    assert len({new_reference() for _ in range(20)}) == 20
