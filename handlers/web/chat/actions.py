"""What a person does in the chat of the pages. What is said to it comes as letters."""

from collections.abc import Callable
from datetime import timedelta

from desk.model.case import Case, Naming, PersonalData
from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.model.question import AlreadySeen, InboundEvent, Incoming, NoCase, Verdict
from handlers.conversation.case_wording import NOTHING_WITHDRAWN, WITH_COMMS
from handlers.conversation.escalation import EscalationOptions
from handlers.conversation.services import Services
from handlers.web.chat.address import SURFACE, contact_of
from handlers.web.chat.messages import Asked, Content, Judged, Told, Withdrew, as_body
from handlers.web.forms import Form
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import role_named

REMEMBERED = 5  # earlier questions of the conversation
FOR = timedelta(minutes=30)
LONGEST = 20_000  # characters that comms are asked to read
TOO_LONG = "That is too long for the communications team: say it in at most {limit} characters."
NO_SUCH_ANSWER = "Say whether the answer was helpful or not helpful."

WebDeed = Callable[[Person, Form], None]
ToComms = Callable[[int, Person, EscalationOptions], Case]


class ChatActions:
    """All of it is synchronous. A form that is sent again does nothing twice."""

    def __init__(self, service: Services) -> None:
        self._service = service
        self._desk = service.desk
        self._conversation = service.conversation

    def do(self, deed: WebDeed, person: Person, form: Form) -> None:
        """A refusal is told to the person, where the conversation stands."""
        try:
            deed(person, form)
        except (DeskError, BadInput) as refused:
            self._tell(person, form, Told(str(refused)))

    def ask(self, person: Person, form: Form) -> None:
        chosen, text = self._chosen(person, form), form.text("text")
        if text:
            asked = as_body(Asked(text, form.event))
            self._desk.inbox.put(person, _asked(form.event), asked)
        self._ask(person, form.event, text, chosen)

    def change(self, person: Person, form: Form) -> None:
        """What never reached comms is simply asked in the other words."""
        message, text = self._own(person, form), _words(form)
        asker, deed = self._desk.case_edits, _deed(person, form)
        changed = asker.edited(deed, message, text)
        if isinstance(changed, NoCase):
            self.ask(person, form)
        elif not isinstance(changed, AlreadySeen):
            words = as_body(Asked(text, message))
            self._desk.inbox.put(person, form.event, words, replaces=_asked(message))

    def take_back(self, person: Person, form: Form) -> None:
        taken = self._desk.case_edits.deleted(_deed(person, form), self._own(person, form))
        if isinstance(taken, NoCase):
            self._tell(person, form, Told(NOTHING_WITHDRAWN))
        elif not isinstance(taken, AlreadySeen):
            self._tell(person, form, Withdrew(taken.ref))

    def withdraw(self, person: Person, form: Form) -> None:
        taken = self._desk.case_edits.withdraw(_deed(person, form), _ref(form))
        if not isinstance(taken, AlreadySeen):
            self._tell(person, form, Withdrew(taken.ref))

    def add(self, person: Person, form: Form) -> None:
        chosen = self._desk.preferences.read(person)
        self._desk.case_edits.follow_up(
            _deed(person, form), _ref(form), _words(form), chosen.personal_data
        )

    def judge(self, person: Person, form: Form) -> None:
        number, given = form.number("question"), form.text("verdict")
        if given not in set(Verdict):
            raise BadInput(NO_SUCH_ANSWER)
        verdict, word = Verdict(given), form.text("word")
        says = self._service.question_actions.judge(number, person, verdict, word)
        self._tell(person, form, Judged(verdict, says))

    def ask_comms(self, person: Person, form: Form) -> None:
        self._pass_on(person, form, self._service.question_actions.ask_comms)

    def complain(self, person: Person, form: Form) -> None:
        self._pass_on(person, form, self._service.question_actions.complain)

    def _pass_on(self, person: Person, form: Form, to_comms: ToComms) -> None:
        before = {case.ref for case in self._desk.intake.cases_of(person)}
        naming = Naming.UNNAMED if form.text("unnamed") else Naming.NAMED
        kept = self._desk.preferences.read(person).personal_data
        case = to_comms(form.number("question"), person, EscalationOptions(naming, kept))
        if case.ref in before:
            self._tell(person, form, Told(WITH_COMMS.format(ref=case.ref)))

    def _ask(self, person: Person, event: str, text: str, chosen: Preferences) -> None:
        contact, since = contact_of(person), self._service.clock.now() - FOR
        earlier = self._desk.intake.earlier(person, contact, since)
        incoming = Incoming(
            event_id=event,
            message_id=event,
            contact=contact,
            person=person,
            role=chosen.role or Role.STAFF,
            text=text,
            history=earlier[-REMEMBERED:],
        )
        self._conversation.ask(incoming, EscalationOptions(chosen.naming, chosen.personal_data))

    def _chosen(self, person: Person, form: Form) -> Preferences:
        """What the form says is kept for the next question; one without it leaves it as it is."""
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
        """The message, where this person wrote it; raises BadInput for another's."""
        message = form.text("message")
        if not self._desk.inbox.holds(person, _asked(message)):
            raise BadInput("This is not your question.")
        return message

    def _tell(self, person: Person, form: Form, what: Content) -> None:
        self._desk.inbox.put(person, f"told:{form.event}", as_body(what))


def _asked(message: str) -> str:
    return f"asked:{message}"


def _ref(form: Form) -> str:
    """A refusal repeats it."""
    return form.text("ref")[:40]


def _words(form: Form) -> str:
    """Raises BadInput."""
    if len(form.text("text")) > LONGEST:
        raise BadInput(TOO_LONG.format(limit=LONGEST))
    return form.text("text")


def _deed(person: Person, form: Form) -> InboundEvent:
    return InboundEvent(form.event, SURFACE, person)
