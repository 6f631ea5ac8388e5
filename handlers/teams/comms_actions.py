"""What the communications team does on Teams: with the buttons of a case's card, and by typing in
their channel. Runs in worker threads.

Everybody in the conversation that is shown the cases acts for the team.
"""

from dataclasses import dataclass, replace

from desk.model.case import Case
from desk.model.errors import NoSuchQuestion, Refused
from desk.model.people import Contact
from desk.model.question import AlreadySeen
from handlers.conversation import publishing
from handlers.conversation.desk_output import as_text
from handlers.conversation.services import Services
from handlers.conversation.staff_context import StaffContext
from handlers.teams.action_data import ActionData, limited
from handlers.teams.address import SURFACE, Address, Place, contact_of, message_id, read_address
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.case_forms import LONGEST_ANSWER
from handlers.teams.cards.case_list import case_list
from handlers.teams.cards.elements import Element
from handlers.teams.case_steps import publish, sections, steps
from handlers.teams.comms_commands import SENT, run_command
from handlers.teams.handled import NOTHING, ActionResult, Handled, replied
from handlers.teams.message_text import MessageText
from handlers.teams.messages import text_message
from handlers.teams.senders import Sender
from handlers.teams.verbs import Verb
from knowledge.errors import BadInput

NOT_COMMS = "Only the communications team can do this, in the conversation that is shown the cases."
NOT_ALLOWED = (
    "Only an administrator of the bot can move the cases here: a person named in "
    "TEAMS_ADMINISTRATORS, or the communications team in the place where the cases are now."
)
USED = "From now on the cases are shown here."
SHOWN = "The card of {ref} comes below."
SHOWN_BEFORE = "The card of {ref} is in this conversation already."
LIST_COMMANDS = ("cases", "list")
FIXED = "The settings name another place for the cases (TEAMS_COMMS_CONVERSATION), and they win."
NO_GROUP = "Cases need a channel or a group chat."
NOT_SENT = (
    "I did not send this to the asker of {ref}, because your message begins with a mention of "
    "somebody else."
)
STAYS_SENT = (
    "The asker of {ref} does not see that you changed or deleted a message here. To replace an "
    "answer that was sent, press Correct on the card of {ref}."
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may say where cases are shown: directory ids; in a local trial everybody."""

    ids: frozenset[str]
    everybody: bool

    def __contains__(self, who: Sender) -> bool:
        return self.everybody or (bool(who.directory_id) and who.directory_id in self.ids)


class CommsActions:
    """Refusals are DeskErrors and BadInputs, whose sentence is for the person."""

    def __init__(self, services: Services, cards: CommsCards, allowed: Allowed) -> None:
        self._services = services
        self._desk = services.desk
        self._cards = cards
        self._allowed = allowed

    def are_at(self, address: Address) -> bool:
        return any(_is_at(each, address) for each in self._contacts())

    def use(self, who: Sender) -> str | Element:
        """Show the cases in the conversation where this was written, beginning with a list of
        those that wait."""
        if who.address.place is Place.PERSONAL:
            raise BadInput(NO_GROUP)
        if who not in self._allowed and not self.are_at(who.address):
            raise Refused(NOT_ALLOWED)
        here = Address(who.address.channel, who.address.place, who.address.tenant, who.address.bot)
        self._desk.comms_contacts.use(contact_of(here), who.person)
        return self._listed(USED) if self.are_at(here) else FIXED

    def show_again(self) -> None:
        """Show the cases whose card was refused. The bot was added to a team or a group chat; of a
        team Teams names only the General channel, so this may be the team of comms."""
        for contact in self._contacts():
            self._desk.comms_contacts.show_again(contact)

    def say(self, who: Sender, message: MessageText) -> Handled | None:
        """Take the answer to an asker, or a command; None where it is neither, but a question."""
        ref = self._case_of_thread(who)
        if not ref and message.text.casefold() in LIST_COMMANDS:
            return replied(self._listed())
        if not ref:
            result = run_command(self._staff(who), message.text)
            return None if result is None else replied(result)
        if message.is_for_others:
            return replied(NOT_SENT.format(ref=ref))
        text = limited(message.text, LONGEST_ANSWER)
        if isinstance(self._desk.intake.case_of_reply(who.inbound, _card(who)), AlreadySeen):
            return NOTHING
        return replied(SENT.format(ref=self._desk.casework.answer(ref, who.person, text).ref))

    def notice_of_edit(self, who: Sender) -> str:
        """What comms are told when they change or delete a message in the thread of a case;
        empty anywhere else."""
        ref = self._case_of_thread(who) if self.are_at(who.address) else ""
        return STAYS_SENT.format(ref=ref) if ref else ""

    def press(self, who: Sender, verb: Verb, data: ActionData) -> ActionResult:
        if not self.are_at(who.address):
            raise Refused(NOT_COMMS)
        staff, ref = self._staff(who), data.text("case")
        match verb:
            case Verb.PUBLISH:
                return ActionResult(as_text(publish(staff, ref, data), staff))
            case Verb.CORRECT:
                return self._correct(who, ref, data)
            case Verb.INSERT_DRAFT:
                return self._insert_draft(ref, data)
            case Verb.SHOW:
                return self._show(who, ref)
            case Verb.VIEW:
                return self._shown_to(who, self._desk.casework.show(ref))
            case _:
                return self._shown_to(who, steps(staff, ref, data)[verb]())

    def _show(self, who: Sender, ref: str) -> ActionResult:
        """The card of a case, in the conversation that is shown the cases."""
        here = next(each for each in self._contacts() if _is_at(each, who.address))
        is_new = self._desk.comms_contacts.show(ref, here)
        return ActionResult((SHOWN if is_new else SHOWN_BEFORE).format(ref=ref))

    def _listed(self, before: str = "") -> Element:
        cases, now = self._desk.casework.listed(), self._services.clock.now()
        return case_list(cases, self._desk.hours, now, self._services.address, before)

    def _correct(self, who: Sender, ref: str, data: ActionData) -> ActionResult:
        staff = self._staff(who)
        done = publishing.correct(
            staff,
            ref,
            data.text("correct", LONGEST_ANSWER),
            staff.quotes(sections(data, "correct")),
            published_too=data.is_on("published"),
        )
        line = publishing.correction_line(done)
        return replace(self._shown_to(who, done.case), follows=text_message(line) if line else None)

    def _insert_draft(self, ref: str, data: ActionData) -> ActionResult:
        typed = data.text("answer", LONGEST_ANSWER)
        case, now = self._desk.casework.show(ref), self._services.clock.now()
        return ActionResult(instead=self._cards.with_draft(case, typed, now))

    def _case_of_thread(self, who: Sender) -> str:
        """The case whose card began this thread. Empty elsewhere, and where the person is asking
        about a case of their own: a colleague may ask the bot in this channel too."""
        if not who.address.post:
            return ""
        try:
            ref = self._desk.intake.case_of_message(SURFACE, _card(who))
        except NoSuchQuestion:
            return ""
        mine = self._desk.intake.case_at(who.person, who.contact)
        return "" if mine is not None and mine.ref == ref else ref

    def _shown_to(self, who: Sender, case: Case) -> ActionResult:
        """The card as only this reader sees it."""
        mine = self._desk.queue.held(case, who.person)
        return ActionResult(instead=self._cards.case(case, self._services.clock.now(), mine=mine))

    def _staff(self, who: Sender) -> StaffContext:
        return self._services.office(who.person)

    def _contacts(self) -> list[Contact]:
        listed = self._desk.comms_contacts.listed()
        return [contact for contact in listed if contact.surface == SURFACE]


def _is_at(contact: Contact, address: Address) -> bool:
    return read_address(contact).channel == address.channel


def _card(who: Sender) -> str:
    """The message that began this thread."""
    return message_id(who.address.conversation, who.address.post)
