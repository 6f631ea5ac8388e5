"""What comms do on Teams: press and fill in what a case's card offers, and type in their channel.

Whoever acts in the place where cases are shown is of comms. Runs in worker threads.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desk.model.case import Case
from desk.model.errors import NoSuchQuestion, Refused
from desk.model.precedent import Precedent, Reviewed
from handlers.conversation.desk_output import as_text
from handlers.conversation.services import Services
from handlers.conversation.staff_context import StaffContext
from handlers.teams.address import SURFACE, Address, Place, contact_of, message_id, read_address
from handlers.teams.asker_actions import ActionResult, Data
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.comms_commands import SENT, run_command
from handlers.teams.senders import Sender
from handlers.teams.verbs import Verb
from knowledge.errors import BadInput

OWNER = "Communications"
NOT_COMMS = "Only the communications team do this, in the place where they are shown the cases."
NOT_ALLOWED = (
    "Only who administers the bot may move the cases here: whoever is named in "
    "TEAMS_ADMINISTRATORS, or the communications team in the place that they leave."
)
USED = "From now on the cases are shown here."
FIXED = "The settings name another place for the cases (TEAMS_COMMS_CONVERSATION), which wins."
NO_GROUP = "Cases need a channel or a group chat."


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may say where cases are shown: directory ids, or everybody on a bot that only its own
    machine can reach."""

    ids: frozenset[str]
    everybody: bool

    def __contains__(self, who: Sender) -> bool:
        return self.everybody or (bool(who.directory_id) and who.directory_id in self.ids)


class CommsActions:
    """Refusals are DeskErrors and BadInputs, whose sentence is for the person."""

    def __init__(self, service: Services, cards: CommsCards, allowed: Allowed) -> None:
        self._service = service
        self._desk = service.desk
        self._cards = cards
        self._allowed = allowed

    def are_at(self, address: Address) -> bool:
        return any(place.channel == address.channel for place in self._places())

    def use(self, who: Sender) -> str:
        """Show the cases where this was said."""
        if who.address.place is Place.PERSONAL:
            raise BadInput(NO_GROUP)
        if who not in self._allowed and not self.are_at(who.address):
            raise Refused(NOT_ALLOWED)
        here = Address(who.address.channel, who.address.place, who.address.tenant, who.address.bot)
        self._desk.comms_contacts.use(contact_of(here), who.person)
        return USED if self.are_at(here) else FIXED

    def case_of_thread(self, address: Address) -> str:
        """The reference of the case whose card began this thread; empty where none did."""
        try:
            post = message_id(address.conversation, address.post)
            return self._desk.intake.case_of_message(SURFACE, post)
        except NoSuchQuestion:
            return ""

    def answer(self, who: Sender, ref: str, text: str) -> str:
        """With a reply in the thread of the case's card."""
        self._desk.casework.answer(ref, who.person, text)
        return SENT.format(ref=ref)

    def press(self, who: Sender, verb: Verb, data: Data) -> ActionResult:
        if not self.are_at(who.address):
            raise Refused(NOT_COMMS)
        office = self._service.office(who.person)
        ref = str(data.get("case", ""))
        if verb is Verb.PUBLISH:
            return ActionResult(as_text(self._publish(office, ref, data), office))
        case = self._steps(office, ref, data)[verb]()
        return ActionResult(instead=self._cards.case(case, self._service.clock.now()))

    def _steps(
        self, office: StaffContext, ref: str, data: Data
    ) -> Mapping[Verb, Callable[[], Case]]:
        work, by = office.desk.casework, office.by
        return {
            Verb.CLAIM: lambda: work.claim(ref, by),
            Verb.TAKE_OVER: lambda: work.take_over(ref, by),
            Verb.RELEASE: lambda: work.release(ref, by),
            Verb.ANSWER: lambda: work.answer(
                ref, by, _said(data, "answer"), office.quotes(_sections(data, "answer"))
            ),
            Verb.CORRECT: lambda: work.correct(
                ref, by, _said(data, "correct"), office.quotes(_sections(data, "correct"))
            ),
            Verb.CLOSE: lambda: work.close(ref, by, _said(data, "reason")),
            Verb.REOPEN: lambda: work.reopen(ref, by),
        }

    def _publish(self, office: StaffContext, ref: str, data: Data) -> Precedent:
        case = office.desk.casework.show(ref)
        reviewed = Reviewed(
            question=_said(data, "question"),
            text=_said(data, "publish"),
            cited=office.interpreted(case, _sections(data, "publish")),
            owner=OWNER,
            review_by=_day(_said(data, "reviewBy")),
        )
        return office.desk.publishing.publish(ref, office.by, reviewed)

    def command(self, who: Sender, text: str) -> str | None:
        """What is said to a typed command of comms; None for what is none."""
        return run_command(self._service.office(who.person), text)

    def _places(self) -> list[Address]:
        listed = self._desk.comms_contacts.listed()
        return [read_address(contact) for contact in listed if contact.surface == SURFACE]


def _said(data: Data, name: str) -> str:
    return str(data.get(name) or "")


def _sections(data: Data, form: str) -> Sequence[str]:
    """Ticked clauses come as one text with commas, typed ones with semicolons."""
    ticked = _said(data, f"{form}Clauses").split(",")
    typed = re.split(r"[;,]", _said(data, f"{form}Others"))
    return [section.strip() for section in (*ticked, *typed) if section.strip()]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is no day: give one such as 2027-11-23.") from None
