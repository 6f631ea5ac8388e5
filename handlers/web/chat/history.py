"""The conversation of one person as a page shows it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desk.model.case import PENDING, Case, Status
from desk.model.inbox_message import InboxMessage
from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Receipt
from desk.model.people import Person
from desk.model.question import Verdict
from desk.services.desk import Desk
from handlers.conversation.case_wording import may_help
from handlers.conversation.reply_message import ReplyMessage, Voice, from_body
from handlers.web.chat.messages import Content, EntryKind, FeedbackReply, Withdrawal
from handlers.web.chat.messages import from_body as content_of

SHOWN = 100  # messages; earlier ones are in the export about the person
OF_COMMS = (EntryKind.ANSWER, EntryKind.CORRECTED, EntryKind.CLOSED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `says` is the bot's part of it, where it has one; `verdict` what the person
    thinks of that answer. `ref` is the case that can be added to from here, or empty, and
    `status` its status. `email` is the address to which the answer to that case is to be sent, or
    empty. `newest`: no question came after this one."""

    message: InboxMessage
    kind: EntryKind
    content: Content
    says: ReplyMessage | None
    verdict: Verdict | None
    ref: str
    status: Status | None
    email: str
    newest: bool

    @property
    def id(self) -> str:
        return f"message-{self.message.id}"

    @property
    def from_comms(self) -> bool:
        return self.kind in OF_COMMS or (self.says is not None and self.says.voice is Voice.COMMS)

    @property
    def may_withdraw(self) -> bool:
        return bool(self.ref) and self.status in PENDING

    @property
    def takes_email(self) -> bool:
        """While the case waits; while its answer is held, only where an address is left."""
        is_held = self.kind is EntryKind.RECEIPT and bool(self.ref and self.email)
        return self.may_withdraw or is_held

    @property
    def state(self) -> str:
        """Changes whenever the entry looks different."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Conversation:
    """`number` is that of the last message."""

    entries: tuple[Entry, ...]
    number: int


def conversation_of(desk: Desk, person: Person) -> Conversation:
    # The number first: what comes in between is then shown now and asked for once more.
    number = desk.inbox.numbers([person.key]).get(person.key, 0)
    cases = {case.ref: case for case in desk.intake.cases_of(person)}
    emails = desk.answer_emails.left_by(person)
    return Conversation(_entries(desk.inbox.latest(person, SHOWN), cases, emails), number)


def comms_answer(content: Content) -> CommsAnswer | None:
    """The answer of comms, whether it is their first or a correction."""
    match content:
        case CorrectedAnswer(answer=answer):
            return answer
        case CommsAnswer():
            return content
        case _:
            return None


def _entries(
    messages: Sequence[InboxMessage], cases: Mapping[str, Case], emails: Mapping[str, str]
) -> tuple[Entry, ...]:
    read = [(message, *content_of(message.body)) for message in messages]
    verdicts = _verdicts(content for _, _, content in read)
    last = {_ref(content): message.id for message, _, content in read}
    asked = [message.id for message, kind, _ in read if kind is EntryKind.ASKED]
    return tuple(
        Entry(
            message=message,
            kind=kind,
            content=content,
            says=_says(content),
            verdict=verdicts.get(_question(content)),
            ref=_open_ref(content, cases) if last[_ref(content)] == message.id else "",
            status=cases[_ref(content)].status if _ref(content) in cases else None,
            email=emails.get(_ref(content), ""),
            newest=message.id in asked[-1:],
        )
        for message, kind, content in read
    )


def _verdicts(contents: Iterable[Content]) -> dict[int, Verdict]:
    given = (each for each in contents if isinstance(each, FeedbackReply))
    return {each.says.question_id: each.verdict for each in given}


def _says(content: Content) -> ReplyMessage | None:
    """The reply in a message; from a receipt, what is shown below its lines."""
    match content:
        case BotReply(body=body):
            return from_body(body)
        case Receipt():
            return may_help(content)
        case FeedbackReply(says=says):
            return says
        case _:
            return None


def _question(content: Content) -> int:
    """The question whose answer can be judged here; 0 where there is none."""
    answer = comms_answer(content)
    if answer is not None:
        return answer.question_id
    return from_body(content.body).question_id if isinstance(content, BotReply) else 0


def _ref(content: Content) -> str:
    answer = comms_answer(content)
    if answer is not None:
        return answer.ref
    return content.ref if isinstance(content, Receipt | CaseClosed | Withdrawal) else ""


def _open_ref(content: Content, cases: Mapping[str, Case]) -> str:
    ref = _ref(content)
    takes_more = ref in cases and cases[ref].status is not Status.WITHDRAWN
    return ref if takes_more and not isinstance(content, Withdrawal) else ""
