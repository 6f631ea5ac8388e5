import io
from dataclasses import replace
from datetime import timedelta

from rich.console import Console

from answer.citations import citation
from desk.model.messages import BotReply, Receipt
from handlers.conversation.button_labels import DOES_THIS_ANSWER
from handlers.conversation.reply_message import (
    ReplyMessage,
    as_body,
    from_body,
    plain,
    published_text,
)
from handlers.terminal.reply_text import show
from index.passages import Passage
from tests.conversations.surface import Button
from tests.conversations.terminal import TerminalSurface
from tests.desk.council import BOB, incoming
from tests.desk.fakes import RecordingMessenger
from tests.toy import LOGO, POLICY

LEAD = "The communications team answered a similar question on 23 November 2026:"


def asked(published: TerminalSurface, text: str) -> Receipt | BotReply:
    messenger = RecordingMessenger()
    published.services.conversation.ask(incoming(BOB, text))
    published.office.delivery.deliver_due(messenger)
    (message,) = messenger.to(BOB.key)
    assert isinstance(message, Receipt | BotReply)
    return message


def said(published: TerminalSurface, text: str) -> ReplyMessage:
    return from_body(asked(published, text).body)


def test_a_similar_answer_is_told_from_what_is_related_in_plain_text(
    published: TerminalSurface,
) -> None:
    says = said(published, "a logo at the training meeting")
    beside = citation(Passage(POLICY, POLICY.clauses[0], LOGO))
    lines = plain(replace(says, related=(beside,))).splitlines()
    place = lines.index(LEAD)
    assert lines[place + 1 : place + 4] == [
        "“training meeting”",
        "Book it with us.",
        "The answer refers to section 2(a), Employees (toy).",
    ]
    assert lines[place + 4 : place + 6] == [DOES_THIS_ANSWER, "This may help:"]


def test_it_survives_the_outbox(published: TerminalSurface) -> None:
    says = said(published, "a logo at the training meeting")
    assert len(says.similar_answers) == 1
    assert from_body(as_body(says)) == says


def test_it_is_shown_in_the_terminal_without_markup(published: TerminalSurface) -> None:
    screen = io.StringIO()
    published.type_command("Jane", "edit", "P-1", "--text", "[bold]Book it[/bold]")
    show(Console(file=screen, width=200), said(published, "a logo at the training meeting"))
    assert LEAD in screen.getvalue()
    assert "[bold]Book it[/bold]" in screen.getvalue()


def test_comms_answer_with_the_draft_as_it_is(published: TerminalSurface) -> None:
    published.ask("Bob", "a logo at the training meeting")
    published.press("Bob", Button.ANSWERS_NOT)
    shown = published.type_command("Jane", "show", "C-2")
    assert "Ready draft:\nPublished as P-1: Book it with us.\n" in shown
    assert "Related: “" in shown
    published.type_command("Jane", "answer", "C-2", "--draft")
    assert "Published as P-1: Book it with us." in published.seen("Bob")


def test_an_answer_of_the_bot_has_no_similar_one_beside_it(published: TerminalSurface) -> None:
    published.type_command("Jane", "edit", "P-1", "--question", "Is the logo secret on a blog?")
    assert said(published, "may I have the logo on my blog").similar_answers == ()


def test_what_is_out_of_use_is_similar_to_nothing(published: TerminalSurface) -> None:
    published.clock.time += timedelta(days=400)
    assert said(published, "a logo at the training meeting").similar_answers == ()


def test_a_policy_is_named_in_words_and_not_as_its_file(published: TerminalSurface) -> None:
    (precedent,) = published.office.publishing.published()
    cited = (replace(precedent.cited[0], policy="social-media_guidance"),)
    assert published_text(replace(precedent, cited=cited)).endswith("(social media guidance).")
