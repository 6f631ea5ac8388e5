import io

from rich.console import Console

from handlers.conversation.reply_message import from_reply
from handlers.terminal.reply_text import show
from knowledge.question import Question
from tests.toy import LOGO
from tests.toy_bot import toy_assistant

BOT = toy_assistant()


def shown(text: str) -> str:
    screen = io.StringIO()
    show(
        Console(file=screen, width=60, force_terminal=False), from_reply(BOT.reply(Question(text)))
    )
    return screen.getvalue()


def test_an_answer_shows_lead_quote_place_and_review_date() -> None:
    text = " ".join(shown("may I have the logo on my blog").split())
    assert "Section 1, Think twice:" in text
    assert LOGO.text in text
    assert "section 1, Think twice" in text
    assert "last reviewed April 2013" in text


def test_a_hand_over_shows_what_is_related_as_related() -> None:
    assert "This may help:" in shown("a blog on the phone")


def test_markup_in_a_policy_or_message_is_not_interpreted() -> None:
    assert "[" not in shown("[bold]hello[/bold] secret weather")
