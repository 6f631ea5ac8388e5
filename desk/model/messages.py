"""The messages that the desk delivers. Handlers turn them into text, cards and pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.model.case import Case, Naming, Quote
from desk.model.digest import Digest
from desk.model.people import Contact, PersonRef


class MessageKind(StrEnum):
    REPLY = "reply"
    RECEIPT = "receipt"
    ANSWER = "answer"
    CORRECTION = "correction"
    CLOSING = "closing"
    CARD = "card"
    JOINED = "joined"
    FOLLOW_UP = "follow-up"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    UNDELIVERABLE = "undeliverable"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    RECHECK = "recheck"
    DIGEST = "digest"
    ANSWER_EMAIL = "answer by e-mail"


@dataclass(frozen=True, slots=True)
class BotReply:
    """The bot's own reply. The desk does not read `body`, which the conversation wrote."""

    body: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """To the asker at once: `sent` is what comms see, `due_at` when they are to answer."""

    ref: str
    sent: str
    naming: Naming
    due_at: datetime
    closest: tuple[Quote, ...]
    body: str


@dataclass(frozen=True, slots=True)
class CommsAnswer:
    """`question` in the asker's own words; their feedback names `question_id`."""

    ref: str
    question_id: int
    question: str
    text: str
    cited: tuple[Quote, ...]
    answered_by: PersonRef
    at: datetime


@dataclass(frozen=True, slots=True)
class CorrectedAnswer:
    """Replaces an answer delivered before, and says that it is a correction."""

    answer: CommsAnswer


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """To an asker whose case is closed without an answer."""

    ref: str
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseCard:
    """To comms: the case as it stands at the moment of sending; later cards replace it."""

    case: Case


@dataclass(frozen=True, slots=True)
class CaseNotice:
    """To comms, under the card: something that they must not miss. `text` is what the asker
    said, or with RECHECK which published answer is out of use, and why."""

    case: Case
    kind: MessageKind
    text: str


@dataclass(frozen=True, slots=True)
class AnswerEmail:
    """What comms said, for the address that the asker left with the case."""

    told: CommsAnswer | CaseClosed


Message = (
    BotReply
    | Receipt
    | CommsAnswer
    | CorrectedAnswer
    | CaseClosed
    | CaseCard
    | CaseNotice
    | AnswerEmail
    | Digest
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`key` is the same on every try. `replaces` is the platform's id of the message to edit
    and `under` of the one to answer beneath; empty where there is none."""

    key: str
    contact: Contact
    message: Message
    replaces: str
    under: str


@dataclass(frozen=True, slots=True)
class SentAs:
    message_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    pass


@dataclass(frozen=True, slots=True)
class CannotTell:
    """The platform keeps no key with a message. The desk sends it again: a message that comes
    twice is better than one that is lost."""


class Messenger(Protocol):
    @property
    def surfaces(self) -> frozenset[str]:
        """The surfaces it reaches; other messages are left for another process."""
        ...

    def send(self, outgoing: Outgoing) -> str:
        """Return the platform's id of the message. Must take less time than the lease.

        Raises RetryAfter, Undeliverable or LeftForAnother where the platform surely took
        nothing. After any other error the message may have been sent: the desk calls `find_sent`
        before it tries again.
        """
        ...

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell: ...
