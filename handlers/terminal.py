"""The bot in a terminal: replies in colour, and a conversation that remembers."""

import sys
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from answer.wording import RELATED, quoted, source, where
from handlers.json_lines import role_named
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import Question

QUIT = "/quit"
LEAVING = (QUIT, "/exit")
REMEMBERED = 5  # earlier messages of the conversation
WELCOME = (
    "Ask me what the policy says, in your own words. "
    "“/role manager” changes who you are (staff, manager, councillor); “/quit” ends."
)


def show(console: Console, reply: Reply) -> None:
    console.print(Text(reply.lead, style="bold" if isinstance(reply, Answer) else ""))
    match reply:
        case Answer(citations=citations):
            _show_quotes(console, citations)
            for line in dict.fromkeys(source(citation) for citation in citations):
                console.print(Text(line, style="dim"))
        case HandOver(closest=closest) if closest:
            console.print(Text(RELATED, style="dim"))
            _show_quotes(console, closest)
        case Clarify(choices=choices):
            for choice in choices:
                console.print(Text(f"  • {choice}"))
    console.print()


def converse(console: Console, answer: Callable[[Question], Reply], role: Role) -> None:
    """Until the end of input; each message is answered with the earlier ones in mind."""
    console.print(Text(WELCOME, style="dim"))
    history: list[str] = []
    while (message := _next_message(console, role)) not in LEAVING:
        if message.startswith("/role"):
            role = _changed_role(console, message, role)
        elif message:
            show(console, answer(Question(message, role, tuple(history[-REMEMBERED:]))))
            history.append(message)


def _show_quotes(console: Console, citations: Sequence[Citation]) -> None:
    for citation in citations:
        line = Text.assemble(quoted(citation), "  ", (where(citation), "bold cyan"))
        console.print(Padding(line, (0, 2)))


def _next_message(console: Console, role: Role) -> str:
    prompt = Text(f"{role}> ", style="green") if sys.stdin.isatty() else Text()
    try:
        message = console.input(prompt).strip()
    except EOFError:
        return QUIT
    if not sys.stdin.isatty() and message:
        console.print(Text(f"{role}> {message}", style="green"))
    return message


def _changed_role(console: Console, message: str, role: Role) -> Role:
    try:
        role = role_named(message.removeprefix("/role").strip())
    except BadInput as error:
        console.print(Text(str(error)))
    return role
