"""What a person does in the chat of the pages. The bot's words come to their inbox."""

from collections.abc import Callable
from datetime import timedelta

from desk.model.case import Case, Naming, PersonalData
from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.model.question import AlreadySeen, InboundEvent, Incoming, NoCase, Verdict
from desk.model.text import LONGEST_REMARK
from handlers.conversation.acknowledgement import is_acknowledgement
from handlers.conversation.case_wording import ACKNOWLEDGED, NOTHING_WITHDRAWN, WITH_COMMS
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.services import Services
from handlers.web.chat.address import SURFACE, contact_of
from handlers.web.chat.messages import (
    Asked,
    Content,
    FeedbackReply,
    Notice,
    Withdrawal,
    as_body,
)
from handlers.web.forms import Form
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import role_named

# A question continues the conversation for so long, and is read with so many earlier ones.
CONVERSATION_LASTS = timedelta(minutes=30)
EARLIER_QUESTIONS = 5
LONGEST_TEXT = 20_000  # characters that comms may have to read
NO_VERDICT = "Say whether the answer was helpful or not helpful."
NOT_YOURS = "This is not your question."

ChatAction = Callable[[Person, Form], None]
AskComms = Callable[[int, Person, EscalationOptions], Case]


class ChatActions:
    """All of it is synchronous. A form that is sent again does nothing twice."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._desk = services.desk

    def do(self, action: ChatAction, person: Person, form: Form) -> None:
        """A refusal is shown to the person in the conversation."""
        try:
            action(person, form)
        except (DeskError, BadInput) as refused:
            self._tell(person, form, Notice(str(refused)))

    def ask(self, person: Person, form: Form) -> None:
        chosen, text = self._chosen(person, form), form.text("text")
        if text:
            self._desk.inbox.put(person, _asked(form.event), as_body(Asked(text, form.event)))
        self._ask(person, form.event, text, chosen)

    def edit(self, person: Person, form: Form) -> None:
        """A question that never reached comms is asked again in its new words."""
        message, text = self._own(person, form), form.text("text")
        chosen = self._desk.preferences.read(person)
        edited = self._services.case_additions.edited(
            _event(person, form), message, text, chosen.personal_data, chosen.role or Role.STAFF
        )
        if isinstance(edited, NoCase):
            self.ask(person, form)
        elif not isinstance(edited, AlreadySeen):
            body = as_body(Asked(text, message))
            self._desk.inbox.put(person, form.event, body, replaces=_asked(message))

    def withdraw_question(self, person: Person, form: Form) -> None:
        message = self._own(person, form)
        withdrawn = self._desk.case_edits.deleted(_event(person, form), message)
        if isinstance(withdrawn, NoCase):
            self._tell(person, form, Notice(NOTHING_WITHDRAWN))
        elif not isinstance(withdrawn, AlreadySeen):
            self._tell(person, form, Withdrawal(withdrawn.ref))

    def withdraw(self, person: Person, form: Form) -> None:
        withdrawn = self._desk.case_edits.withdraw(_event(person, form), _ref(form))
        if not isinstance(withdrawn, AlreadySeen):
            self._tell(person, form, Withdrawal(withdrawn.ref))

    def leave_email(self, person: Person, form: Form) -> None:
        """The page itself then shows the address."""
        self._desk.answer_emails.leave(_ref(form), person, form.text("email"))

    def take_back_email(self, person: Person, form: Form) -> None:
        self._desk.answer_emails.take_back(_ref(form), person)

    def add(self, person: Person, form: Form) -> None:
        ref, text = _ref(form), form.text("text")
        for case in self._desk.intake.cases_of(person):
            if case.ref == ref and case.answers and is_acknowledgement(text, case):
                self._tell(person, form, Notice(ACKNOWLEDGED.format(ref=ref)))
                return
        chosen, event = self._desk.preferences.read(person), _event(person, form)
        role = chosen.role or Role.STAFF
        self._services.case_additions.follow_up(event, ref, text, chosen.personal_data, role)

    def give_feedback(self, person: Person, form: Form) -> None:
        number, given = form.number("question"), form.text("verdict")
        if given not in set(Verdict):
            raise BadInput(NO_VERDICT)
        verdict = Verdict(given)
        says = self._services.question_actions.judge(number, person, verdict, form.text("remark"))
        self._tell(person, form, FeedbackReply(verdict, says))

    def confirm(self, person: Person, form: Form) -> None:
        number, section = form.number("question"), form.number("section")
        says = self._services.question_actions.confirm(number, person, section)
        self._tell(person, form, FeedbackReply(Verdict.HELPFUL, says))

    def ask_comms(self, person: Person, form: Form) -> None:
        self._hand_over(person, form, self._services.question_actions.ask_comms)

    def complain(self, person: Person, form: Form) -> None:
        self._hand_over(person, form, self._services.question_actions.complain)

    def _hand_over(self, person: Person, form: Form, ask: AskComms) -> None:
        before = {case.ref for case in self._desk.intake.cases_of(person)}
        naming = Naming.UNNAMED if form.text("unnamed") else Naming.NAMED
        personal_data = self._desk.preferences.read(person).personal_data
        case = ask(form.number("question"), person, EscalationOptions(naming, personal_data))
        if case.ref in before:
            self._tell(person, form, Notice(WITH_COMMS.format(ref=case.ref)))

    def _ask(self, person: Person, event: str, text: str, chosen: Preferences) -> None:
        contact = contact_of(person)
        since = self._services.clock.now() - CONVERSATION_LASTS
        earlier = self._desk.intake.earlier(person, contact, since)
        incoming = Incoming(
            event_id=event,
            message_id=event,
            contact=contact,
            person=person,
            role=chosen.role or Role.STAFF,
            text=text,
            history=earlier[-EARLIER_QUESTIONS:],
        )
        options = EscalationOptions(chosen.naming, chosen.personal_data)
        self._services.conversation.ask(incoming, options)

    def _chosen(self, person: Person, form: Form) -> Preferences:
        """What the form chooses is kept for the next question. A form without choices, such as
        an example's button, changes nothing."""
        before = self._desk.preferences.read(person)
        if "role" not in form.fields:
            return before
        chosen = Preferences(
            role=role_named(form.text("role")),
            naming=Naming.UNNAMED if form.text("unnamed") else Naming.NAMED,
            personal_data=PersonalData.KEPT if form.text("keep") else PersonalData.MASKED,
        )
        if chosen != before:
            self._desk.preferences.choose(person, chosen)
        return chosen

    def _own(self, person: Person, form: Form) -> str:
        """The id of the person's own message. Raises BadInput for another's."""
        message = form.text("message")
        if not self._desk.inbox.holds(person, _asked(message)):
            raise BadInput(NOT_YOURS)
        return message

    def _tell(self, person: Person, form: Form, content: Content) -> None:
        self._desk.inbox.put(person, f"told:{form.event}", as_body(content))


def check_lengths(form: Form) -> None:
    """Before anything is stored or read. Raises BadInput."""
    form.check_length("text", LONGEST_TEXT)
    form.check_length("remark", LONGEST_REMARK)


def _asked(message: str) -> str:
    """The key of a question in the inbox."""
    return f"asked:{message}"


def _ref(form: Form) -> str:
    """Shortened, because a refusal repeats it."""
    return form.text("ref")[:40]


def _event(person: Person, form: Form) -> InboundEvent:
    return InboundEvent(form.event, SURFACE, person)
