"""Brings what is due to one person to their terminal."""

from dataclasses import dataclass
from getpass import getuser

from rich.console import Console
from rich.text import Text

from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.messages import BotReply, CannotTell, NotSent, Outgoing, Receipt, SentAs
from desk.model.people import Contact, Person
from handlers.conversation import case_wording
from handlers.conversation.reply_message import from_body
from handlers.terminal.reply_text import show

LONGEST_SURFACE = 40


def system_user() -> Person:
    name = getuser()
    return Person(f"terminal:{name}", name)


def contact_of(person: Person) -> Contact:
    """Each person's terminal is a surface of its own: nobody takes what is due to another."""
    return Contact(person.key[:LONGEST_SURFACE], "")


@dataclass
class TerminalMessenger:
    """`choices` are those under the reply that was shown last."""

    console: Console
    contact: Contact
    hours: OfficeHours
    clock: Clock
    choices: tuple[str, ...] = ()

    @property
    def surfaces(self) -> frozenset[str]:
        return frozenset({self.contact.surface})

    def send(self, outgoing: Outgoing) -> str:
        match outgoing.message:
            case BotReply(body=body):
                reply = from_body(body)
                self.choices = reply.choices
                show(self.console, reply)
            case Receipt() as receipt:
                self._show_receipt(receipt)
            case message:
                self._say(case_wording.to_asker(message, self.hours, self.clock.now()))
        return outgoing.key

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:  # noqa: ARG002 -- the Protocol's names
        return CannotTell()

    def _show_receipt(self, receipt: Receipt) -> None:
        self._say("\n".join(case_wording.receipt_lines(receipt, self.hours, self.clock.now())))
        below = case_wording.may_help(receipt)
        if below is not None:
            show(self.console, below)

    def _say(self, text: str) -> None:
        self.console.print(Text(text))
        self.console.print()
