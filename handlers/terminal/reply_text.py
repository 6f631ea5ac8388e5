"""A reply of the bot in a terminal, in colour."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answer.reply import Citation
from answer.wording import MAY_HELP, quoted
from handlers.conversation.button_labels import ASK_THE_TEAM, DOES_THIS_ANSWER
from handlers.conversation.reply_message import Offer, ReplyMessage, Voice, sources

CONFIRM = f"{DOES_THIS_ANSWER} Type /yes, or /no to {ASK_THE_TEAM}."


def show(console: Console, says: ReplyMessage) -> None:
    if says.lead:
        console.print(Text(says.lead, style="" if says.voice is Voice.BOT else "bold"))
    if says.text:
        console.print(Padding(Text(says.text), (0, 2)))
    _show_quotes(console, says.quotes)
    for line in sources(says.quotes):
        console.print(Text(line, style="dim"))
    for similar in says.similar_answers:
        console.print(Text(similar.lead, style="bold"))
        console.print(Padding(Text(f"“{similar.question}”\n{similar.text}"), (0, 2)))
    if Offer.CONFIRM in says.offers:
        console.print(Text(CONFIRM))
    if says.related:
        console.print(Text(MAY_HELP, style="dim"))
        _show_quotes(console, says.related)
    for number, choice in enumerate(says.choices, start=1):
        console.print(Text(f"  {number}. {choice}"))
    console.print()


def _show_quotes(console: Console, citations: Sequence[Citation]) -> None:
    for citation in citations:
        line = Text.assemble(quoted(citation), "  ", (citation.place, "bold cyan"))
        console.print(Padding(line, (0, 2)))
