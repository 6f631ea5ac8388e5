"""What an asker presses on Teams, each as one call of the conversation. Runs in worker threads."""

from collections.abc import Callable, Mapping

from desk.model.case import Case, Naming, PersonalData
from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.model.question import Verdict
from desk.model.text import LONGEST_REMARK, LONGEST_TEXT
from handlers.conversation.case_wording import ADDED, REMARK_SAVED, THANKS, WITH_COMMS, WITHDRAWN
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.message_flags import MessageFlags
from handlers.conversation.reply_message import Offer, ReplyMessage
from handlers.conversation.services import Services
from handlers.teams.action_data import ActionData
from handlers.teams.asker_messages import AskerMessages
from handlers.teams.cards.buttons import LONGEST_QUESTION
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.handled import ActionResult
from handlers.teams.messages import card_message
from handlers.teams.senders import Sender
from handlers.teams.verbs import Verb
from knowledge.question import role_named

ASKED = "I am looking it up."
SAVED = "Saved for all your questions."

HandOver = Callable[[int, Person, EscalationOptions], Case]


class AskerActions:
    """Refusals are DeskErrors and BadInputs, whose sentence is for the person."""

    def __init__(self, services: Services, messages: AskerMessages, cards: AskerCards) -> None:
        self._services = services
        self._desk = services.desk
        self._messages = messages
        self._cards = cards

    def press(self, who: Sender, verb: Verb, data: ActionData) -> ActionResult:
        return self._actions[verb](who, data)

    @property
    def _actions(self) -> Mapping[Verb, Callable[[Sender, ActionData], ActionResult]]:
        return {
            Verb.ASK: self._ask,
            Verb.HELPFUL: self._helpful,
            Verb.NOT_HELPFUL: self._not_helpful,
            Verb.REMARK: self._remark,
            Verb.CONFIRM: self._confirm,
            Verb.COMMS: self._to_comms,
            Verb.COMPLAIN: self._complain,
            Verb.WITHDRAW: self._withdraw,
            Verb.ADD: self._add,
            Verb.CHOOSE: self._choose,
        }

    def _ask(self, who: Sender, data: ActionData) -> ActionResult:
        question = data.text("text", LONGEST_QUESTION)
        return ActionResult(ASKED, continuation=self._messages.ask(who, MessageFlags(question)))

    def _helpful(self, who: Sender, data: ActionData) -> ActionResult:
        return ActionResult(self._judge(who, data, Verdict.HELPFUL).lead)

    def _not_helpful(self, who: Sender, data: ActionData) -> ActionResult:
        says = self._judge(who, data, Verdict.NOT_HELPFUL)
        return ActionResult(THANKS, follows=card_message(self._cards.sorry(says)))

    def _remark(self, who: Sender, data: ActionData) -> ActionResult:
        self._judge(who, data, Verdict.NOT_HELPFUL, data.text("word", LONGEST_REMARK))
        return ActionResult(REMARK_SAVED)

    def _judge(
        self, who: Sender, data: ActionData, verdict: Verdict, word: str = ""
    ) -> ReplyMessage:
        return self._services.question_actions.judge(
            data.number("question"),
            who.person,
            verdict,
            word,
        )

    def _confirm(self, who: Sender, data: ActionData) -> ActionResult:
        confirm = self._services.question_actions.confirm
        says = confirm(data.number("question"), who.person, data.number("number"))
        return ActionResult(says.lead)

    def _to_comms(self, who: Sender, data: ActionData) -> ActionResult:
        return self._handed_over(self._services.question_actions.ask_comms, who, data)

    def _complain(self, who: Sender, data: ActionData) -> ActionResult:
        return self._handed_over(self._services.question_actions.complain, who, data)

    def _handed_over(self, hand_over: HandOver, who: Sender, data: ActionData) -> ActionResult:
        flags = MessageFlags("", unnamed=data.text("offer") == Offer.UNNAMED.name)
        options = flags.options(self._messages.preferences(who))
        case = hand_over(data.number("question"), who.person, options)
        return ActionResult(WITH_COMMS.format(ref=case.ref))

    def _withdraw(self, who: Sender, data: ActionData) -> ActionResult:
        self._desk.case_edits.withdraw(who.inbound, data.text("case"))
        return ActionResult(WITHDRAWN)

    def _add(self, who: Sender, data: ActionData) -> ActionResult:
        ref = data.text("case")
        self._messages.follow_up(who, ref, MessageFlags(data.text("add", LONGEST_TEXT)))
        return ActionResult(ADDED.format(ref=ref))

    def _choose(self, who: Sender, data: ActionData) -> ActionResult:
        chosen = Preferences(
            role=role_named(data.text("role") or "staff"),
            naming=Naming.UNNAMED if data.is_on("unnamed") else Naming.NAMED,
            personal_data=PersonalData.KEPT if data.is_on("keep") else PersonalData.MASKED,
        )
        self._desk.preferences.choose(who.person, chosen)
        return ActionResult(SAVED)
