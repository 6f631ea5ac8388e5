"""The scripts' surface that is a terminal: askers type lines, comms type commands."""

from contextlib import suppress
from dataclasses import replace
from io import StringIO
from pathlib import Path

import click
from click.testing import CliRunner
from rich.console import Console

from answer.assistant import Assistant
from answer.reply import Reply
from desk.model.case import Status
from desk.model.people import Person
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.staff_context import StaffContext
from handlers.terminal.chat import Chat
from handlers.terminal.desk_commands import desk_group
from handlers.terminal.messenger import TerminalMessenger, contact_of
from knowledge.policy import Policy, Role
from knowledge.question import Question
from tests.conversations.surface import Button
from tests.desk.fakes import SharedWord
from tests.toy import POLICY
from tests.toy_service import Toy, in_folder, shared_assistant

LINES = {
    Button.YES: "/comms",
    Button.YES_UNNAMED: "/comms unnamed",
    Button.HELPFUL: "/helpful",
    Button.NOT_HELPFUL: "/not-helpful",
    Button.ANSWERS: "/yes",
    Button.ANSWERS_NOT: "/no",
    Button.FIRST_SECTION: "/answers 1",
    Button.NONE: "/comms",
}
DESK = desk_group(click.pass_obj)


class TerminalSurface:
    def __init__(
        self, folder: Path, policy: EscalationPolicy, bot: Assistant | None = None
    ) -> None:
        bot = bot or shared_assistant()
        self.toy = Toy(in_folder(folder), policy=policy, answers=bot, policies=bot.policies)
        self.clock = self.toy.clock
        self.services = self.toy.service()
        self.office = self.services.desk
        self.policies: tuple[Policy, ...] = (POLICY,)
        self.chats: dict[str, Chat] = {}
        self.screens: dict[str, StringIO] = {}
        self.answers: dict[str, str] = {}

    def chat(self, name: str) -> Chat:
        if name not in self.chats:
            person, screen = Person(f"terminal:{name.lower()}", name), StringIO()
            console = Console(file=screen, width=500, color_system=None)
            hours = self.office.hours
            messenger = TerminalMessenger(console, contact_of(person), hours, self.clock)
            self.screens[name] = screen
            self.chats[name] = Chat(console, self.services, messenger, person, Role.STAFF)
        return self.chats[name]

    def ask(self, name: str, text: str) -> None:
        self.chat(name).take(text)

    def ask_unnamed(self, name: str, text: str) -> None:
        self.chat(name).take(f"unnamed: {text}")

    def ask_kept(self, name: str, text: str) -> None:
        self.chat(name).take(f"keep: {text}")

    def press(self, name: str, button: Button) -> None:
        self.chat(name).take(LINES[button])

    def add(self, name: str, ref: str, text: str) -> None:
        self.chat(name).take(f"/add {ref} {text}")

    def reply(self, name: str, ref: str, text: str) -> None:
        self.add(name, ref, text)

    def withdraw(self, name: str, ref: str) -> None:
        self.chat(name).take(f"/withdraw {ref}")

    def edit(self, name: str, text: str) -> None:
        self.chat(name).take(f"/edit {text}")

    def delete(self, name: str) -> None:
        self.chat(name).take("/withdraw")

    def seen(self, name: str) -> str:
        self.chat(name).poll()
        screen = self.screens[name]
        shown = screen.getvalue()
        screen.seek(0)
        screen.truncate()
        return shown

    def comms(self, name: str, deed: str, *words: str) -> None:
        self.type_command(name, *command_line(deed, *words))

    def told(self, name: str) -> str:
        return self.answers[name]

    def desk(self) -> str:
        cases = self.office.casework.listed(tuple(Status))
        return "\n".join(self.type_command("Comms", "show", case.ref) for case in cases)

    def switch(self, name: str, switch: str, state: str) -> None:
        self.type_command(name, "switch", switch.replace(" ", "-"), state)

    def days_pass(self, days: int) -> None:
        self.clock.advance(days=days)

    def cut_off(self, name: str, text: str) -> None:
        chat = self.chat(name)
        dying = replace(self.services.conversation, answers=Dying())
        chat.services = replace(self.services, conversation=dying)
        with suppress(KeyboardInterrupt):
            chat.ask(text)
        chat.services = self.services
        self.clock.advance(minutes=3)

    def type_command(self, name: str, *line: str) -> str:
        person = Person(f"terminal:{name.lower()}", name)
        office = StaffContext(self.office, person, self.clock, lambda: self.policies, SharedWord)
        self.answers[name] = typed_by(office, *line)
        return self.answers[name]


def command_line(deed: str, ref: str, *words: str) -> list[str]:
    """The command of comms for a step of a script."""
    match deed:
        case "close" if words:
            return ["close", ref, "--reason", *words]
        case "publish":
            return ["publish", ref, "--cite", "2(a)", *(["--question", *words] if words else [])]
        case "correct both":
            return ["correct", ref, *words, "--published"]
        case _:
            return [deed, ref, *words]


def typed_by(office: StaffContext, *line: str) -> str:
    """What a command of comms prints."""
    result = CliRunner().invoke(DESK, line, obj=office)
    return f"{result.output}{result.exception or ''}"


class Dying:
    """Stands for the bot of a process that is killed while it looks for the answer."""

    def reply(self, question: Question) -> Reply:
        raise KeyboardInterrupt(question.role)
