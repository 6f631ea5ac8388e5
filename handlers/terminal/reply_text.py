"""A reply of the bot in a terminal, in colour."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answer.reply import Citation
from answer.wording import MAY_HELP, quoted, under_headings
from handlers.conversation.button_labels import ASK_THE_TEAM, DOES_THIS_ANSWER
from handlers.conversation.reply_message import Offer, ReplyMessage, Voice, sources

SECTIONS = "Type /answers and its number if one of them answers you, or /comms if none does."
CONFIRM = f"{DOES_THIS_ANSWER} Type /yes, or /no to {ASK_THE_TEAM}."


def show(console: Console, says: ReplyMessage) -> None:
    if says.lead:
        console.print(Text(says.lead, style="" if says.voice is Voice.BOT else "bold"))
    if says.text:
        console.print(Padding(Text(says.text), (0, 2)))
    _show_answers(console, says.quotes)
    for line in sources(says.quotes):
        console.print(Text(line, style="dim"))
    for similar in says.similar_answers:
        console.print(Text(similar.lead, style="bold"))
        console.print(Padding(Text(f"“{similar.question}”\n{similar.text}"), (0, 2)))
    if Offer.CONFIRM in says.offers:
        console.print(Text(CONFIRM))
    _show_related(console, says)
    for number, choice in enumerate(says.choices, start=1):
        console.print(Text(f"  {number}. {choice}"))
    console.print()


def _show_answers(console: Console, citations: Sequence[Citation]) -> None:
    for heading, about in under_headings(citations):
        if heading:
            console.print(Text(heading, style="bold"))
        _show_quotes(console, about)


def _show_related(console: Console, says: ReplyMessage) -> None:
    if Offer.SECTIONS in says.offers:
        _show_sections(console, says.related)
    elif says.related:
        console.print(Text(MAY_HELP, style="dim"))
        _show_quotes(console, says.related)


def _show_sections(console: Console, citations: Sequence[Citation]) -> None:
    for number, citation in enumerate(citations, start=1):
        console.print(Text(f"  {number}.", end=""))
        _show_quotes(console, [citation])
    console.print(Text(SECTIONS))


def _show_quotes(console: Console, citations: Sequence[Citation]) -> None:
    for citation in citations:
        force = f"{citation.force}; " if citation.force else ""
        line = Text.assemble(quoted(citation), "  ", force, (citation.place, "bold cyan"))
        console.print(Padding(line, (0, 2)))
