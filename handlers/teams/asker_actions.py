"""What an asker may do on Teams, each as one call of the conversation. Runs in worker threads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from desk.model.case import Case, Naming, PersonalData, Status
from desk.model.preferences import Preferences
from desk.model.question import AlreadySeen, Incoming, NoCase, Verdict
from handlers.conversation.case_wording import (
    ADDED,
    NO_CASES,
    NOTHING_WITHDRAWN,
    REMARK_SAVED,
    WITH_COMMS,
    WITHDRAWN,
)
from handlers.conversation.message_flags import MessageFlags
from handlers.conversation.reply_message import Offer, ReplyMessage
from handlers.conversation.services import Services
from handlers.teams.cards.elements import Element
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.senders import Sender, earlier, role_of
from handlers.teams.verbs import Verb
from knowledge.question import role_named

ASKED = "Asked."
NOTED = "Noted."
SAVED = "Kept for all your questions."

Data = Mapping[str, Any]
Continuation = Callable[[], object]
"""What remains to be done once nothing can be lost any more; nobody waits for it."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What a button brings: a line for who pressed it, a card in the place of the one pressed,
    a card that follows it."""

    note: str = ""
    instead: Element | None = None
    follows: Element | None = None


class AskerActions:
    """Refusals are DeskErrors and BadInputs, whose sentence is for the person."""

    def __init__(self, service: Services, cards: AskerCards) -> None:
        self._service = service
        self._conversation = service.conversation
        self._desk = service.desk
        self._cards = cards

    def say(self, who: Sender, message: str, said: MessageFlags) -> Continuation:
        """A question, or in the thread of a case further words about it."""
        case = self._desk.intake.case_at(who.person, who.at) if who.address.post else None
        if case is not None and case.status is not Status.WITHDRAWN:
            shown = said.options(self._desk.preferences.read(who.person)).personal_data
            self._desk.case_edits.follow_up(who.deed, case.ref, said.text, shown)
            return _nothing
        return self.ask(who, message, said)

    def ask(self, who: Sender, message: str, said: MessageFlags) -> Continuation:
        chosen = self._desk.preferences.read(who.person)
        incoming = Incoming(
            event_id=who.event,
            message_id=message,
            contact=who.at,
            person=who.person,
            role=role_of(chosen),
            text=said.text,
            history=earlier(self._desk, who, self._service.clock.now()),
        )
        accepted = self._conversation.accept(incoming)
        if isinstance(accepted, AlreadySeen):
            return _nothing
        return lambda: self._conversation.settle(accepted, who.person, said.options(chosen))

    def edited(self, who: Sender, message: str, text: str) -> None:
        self._desk.case_edits.edited(who.deed, message, text)

    def deleted(self, who: Sender, message: str) -> str:
        """The line to say about it; empty for an event that came before."""
        match self._desk.case_edits.deleted(who.deed, message):
            case AlreadySeen():
                return ""
            case NoCase():
                return NOTHING_WITHDRAWN
            case _:
                return WITHDRAWN

    def cases(self, who: Sender) -> str:
        """Without the words of a case that others share: they may be somebody else's."""
        cases = self._desk.intake.cases_of(who.person)
        return "\n\n".join(map(_in_short, cases)) or NO_CASES

    def press(self, who: Sender, verb: Verb, data: Data) -> ActionResult:
        return self._presses[verb](who, data)

    @property
    def _presses(self) -> Mapping[Verb, Callable[[Sender, Data], ActionResult]]:
        return {
            Verb.ASK: self._choose_question,
            Verb.HELPFUL: self._helpful,
            Verb.NOT_HELPFUL: self._not_helpful,
            Verb.REMARK: self._remark,
            Verb.COMMS: self._to_comms,
            Verb.COMPLAIN: self._complain,
            Verb.WITHDRAW: self._withdraw,
            Verb.ADD: self._add,
            Verb.CHOOSE: self._choose,
        }

    def _choose_question(self, who: Sender, data: Data) -> ActionResult:
        self.ask(who, who.event, MessageFlags(str(data.get("text", ""))))()
        return ActionResult(ASKED)

    def _helpful(self, who: Sender, data: Data) -> ActionResult:
        return ActionResult(self._judge(who, data, Verdict.HELPFUL).lead)

    def _not_helpful(self, who: Sender, data: Data) -> ActionResult:
        says = self._judge(who, data, Verdict.NOT_HELPFUL)
        return ActionResult(NOTED, follows=self._cards.sorry(says))

    def _remark(self, who: Sender, data: Data) -> ActionResult:
        self._judge(who, data, Verdict.NOT_HELPFUL, str(data.get("word", "")))
        return ActionResult(REMARK_SAVED)

    def _judge(self, who: Sender, data: Data, verdict: Verdict, word: str = "") -> ReplyMessage:
        question = int(data.get("question", 0))
        return self._service.question_actions.judge(question, who.person, verdict, word)

    def _to_comms(self, who: Sender, data: Data) -> ActionResult:
        return ActionResult(WITH_COMMS.format(ref=self._passed_on(who, data, complaint=False).ref))

    def _complain(self, who: Sender, data: Data) -> ActionResult:
        return ActionResult(WITH_COMMS.format(ref=self._passed_on(who, data, complaint=True).ref))

    def _passed_on(self, who: Sender, data: Data, *, complaint: bool) -> Case:
        chosen = self._desk.preferences.read(who.person)
        unnamed = data.get("offer") == Offer.UNNAMED.name
        wish = MessageFlags("", unnamed=unnamed).options(chosen)
        passing_on = self._service.question_actions
        to_comms = passing_on.complain if complaint else passing_on.ask_comms
        return to_comms(int(data.get("question", 0)), who.person, wish)

    def _withdraw(self, who: Sender, data: Data) -> ActionResult:
        self._desk.case_edits.withdraw(who.deed, str(data.get("case", "")))
        return ActionResult(WITHDRAWN)

    def _add(self, who: Sender, data: Data) -> ActionResult:
        ref = str(data.get("case", ""))
        chosen = self._desk.preferences.read(who.person)
        added = str(data.get("add", ""))
        self._desk.case_edits.follow_up(who.deed, ref, added, chosen.personal_data)
        return ActionResult(ADDED.format(ref=ref))

    def _choose(self, who: Sender, data: Data) -> ActionResult:
        chosen = Preferences(
            role=role_named(str(data.get("role", "staff"))),
            naming=Naming.UNNAMED if data.get("unnamed") == "true" else Naming.NAMED,
            personal_data=PersonalData.KEPT if data.get("keep") == "true" else PersonalData.MASKED,
        )
        self._desk.preferences.choose(who.person, chosen)
        return ActionResult(SAVED)


def _nothing() -> None:
    """What remains of an event that came before, or that needs no answer."""


def _in_short(case: Case) -> str:
    words = f"  {case.question}" if len(case.askers) == 1 else ""
    return f"{case.ref}  {case.status}{words}"
