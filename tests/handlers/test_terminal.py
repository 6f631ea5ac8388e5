import io

import pytest
from rich.console import Console

from handlers.terminal import converse, show
from knowledge.policy import Role
from knowledge.question import Question
from tests.toy import LOGO
from tests.toy_bot import toy_assistant

BOT = toy_assistant()


def shown(text: str) -> str:
    screen = io.StringIO()
    show(Console(file=screen, width=60, force_terminal=False), BOT.reply(Question(text)))
    return screen.getvalue()


def talked(monkeypatch: pytest.MonkeyPatch, *messages: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(messages) + "\n"))
    screen = io.StringIO()
    converse(Console(file=screen, width=100, force_terminal=False), BOT.reply, Role.STAFF)
    return screen.getvalue()


def test_an_answer_shows_lead_quote_place_and_review_date() -> None:
    text = " ".join(shown("may I have the logo on my blog").split())
    assert "The guidance says to avoid this:" in text
    assert LOGO.text in text
    assert "section 1, Think twice" in text
    assert "last reviewed April 2013" in text


def test_a_hand_over_shows_what_is_related_as_related() -> None:
    assert "Related, but not an answer:" in shown("training meeting")


def test_markup_in_a_policy_or_message_is_not_interpreted() -> None:
    assert "[" not in shown("[bold]hello[/bold] secret weather")


def test_a_conversation_ends_with_its_input_and_remembers_the_last_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talked(monkeypatch, "my phone in the meeting", "and mute?")
    assert BOT.index.encoders.adapted.encoded[-1] == "staff: my phone in the meeting / and mute?"  # type: ignore[attr-defined] # the toy keeps what it was given


def test_the_role_can_be_changed_and_a_wrong_one_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = talked(monkeypatch, "/role mayor", "/role councillor", "phone", "/quit", "never reached")
    assert "There is no role 'mayor'" in text
    assert BOT.index.encoders.adapted.encoded[-1] == "councillor: phone"  # type: ignore[attr-defined] # the toy keeps what it was given
