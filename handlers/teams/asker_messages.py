"""What an asker writes on Teams, each as one call of the conversation. Runs in worker threads."""

from collections.abc import Iterator, Sequence

from desk.model.case import Case, Status
from desk.model.errors import NoSuchQuestion
from desk.model.preferences import Preferences
from desk.model.question import AlreadySeen, Incoming, NoCase, StillWithComms
from handlers.conversation.acknowledgement import is_acknowledgement
from handlers.conversation.case_wording import (
    ACKNOWLEDGED,
    FOLLOW_UP_KEPT,
    NO_CASES,
    NOTHING_WITHDRAWN,
    WITHDRAWN,
)
from handlers.conversation.edited_messages import take_edit
from handlers.conversation.message_flags import MessageFlags, read_flags
from handlers.conversation.services import Services
from handlers.teams.address import SURFACE, message_id
from handlers.teams.handled import NOTHING, Continuation, Handled, replied
from handlers.teams.message_text import MessageText
from handlers.teams.senders import Sender, earlier, role_of

ACKNOWLEDGED_IN_A_CHAT = (
    "You are welcome. To ask more about {ref}, reply to its answer, or press “Add to {ref}” there."
)
NOT_ADDED = (
    "I did not add this to {ref}, because your message begins with a mention of somebody else."
)


class AskerMessages:
    """Refusals are DeskErrors and BadInputs, whose sentence is for the person."""

    def __init__(self, services: Services) -> None:
        self._conversation = services.conversation
        self._case_edits = services.desk.case_edits
        self._additions = services.case_additions
        self._clock = services.clock
        self._desk = services.desk

    def say(self, who: Sender, message: MessageText) -> Handled:
        """Take a question, or more words about a case where the person replies to one."""
        flags = read_flags(message.text)
        case = self._replied_to(who, message.quoted)
        if case is None or case.status is Status.WITHDRAWN:
            return Handled(continuation=self.ask(who, flags))
        if message.is_for_others:
            return replied(NOT_ADDED.format(ref=case.ref))
        if is_acknowledgement(flags.text, case):
            sentence = ACKNOWLEDGED if who.address.post else ACKNOWLEDGED_IN_A_CHAT
            return replied(sentence.format(ref=case.ref))
        self.follow_up(who, case.ref, flags)
        return NOTHING

    def ask(self, who: Sender, flags: MessageFlags) -> Continuation | None:
        """Store the question, and return what answers it; None if it was stored before."""
        chosen = self.preferences(who)
        incoming = Incoming(
            event_id=who.event,
            message_id=who.message,
            contact=who.contact,
            person=who.person,
            role=role_of(chosen),
            text=flags.text,
            history=earlier(self._desk, who, self._clock.now()),
        )
        accepted = self._conversation.accept(incoming)
        if isinstance(accepted, AlreadySeen):
            return None
        return lambda: self._conversation.settle(accepted, flags.options(chosen))

    def follow_up(self, who: Sender, ref: str, flags: MessageFlags) -> None:
        chosen = self.preferences(who)
        shown = flags.options(chosen).personal_data
        self._additions.follow_up(who.inbound, ref, flags.text, shown, role_of(chosen))

    def edited(self, who: Sender, message: MessageText) -> str:
        """The sentence about what the edit cannot change; empty where there is none."""
        flags, chosen = read_flags(message.text), self.preferences(who)
        return take_edit(self._additions, who.inbound, who.message, flags, chosen).notice

    def deleted(self, who: Sender) -> str:
        """The sentence about it; empty for an event that came before."""
        match self._case_edits.deleted(who.inbound, who.message):
            case AlreadySeen():
                return ""
            case NoCase():
                return NOTHING_WITHDRAWN
            case StillWithComms(ref=ref):
                return FOLLOW_UP_KEPT.format(ref=ref)
            case _:
                return WITHDRAWN

    def cases(self, who: Sender) -> str:
        """A case that several people share is listed without its words, which may be another
        person's."""
        cases = self._desk.intake.cases_of(who.person)
        return "\n\n".join(map(_in_short, cases)) or NO_CASES

    def preferences(self, who: Sender) -> Preferences:
        return self._desk.preferences.read(who.person)

    def _replied_to(self, who: Sender, quoted: Sequence[str]) -> Case | None:
        """Their case about which this thread is, or whose message they quote."""
        if who.address.post:
            return self._desk.intake.case_at(who.person, who.contact)
        refs = set(self._cases_of(who, quoted))
        mine = self._desk.intake.cases_of(who.person) if refs else ()
        return next((case for case in mine if case.ref in refs), None)

    def _cases_of(self, who: Sender, messages: Sequence[str]) -> Iterator[str]:
        for each in messages:
            try:
                stored = message_id(who.address.conversation, each)
                yield self._desk.intake.case_of_message(SURFACE, stored)
            except NoSuchQuestion:
                continue


def _in_short(case: Case) -> str:
    words = f"  {case.question}" if len(case.askers) == 1 else ""
    return f"{case.ref}  {case.status}{words}"
