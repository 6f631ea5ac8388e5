"""What the desk has delivered. Handlers put these into words, cards and pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from desk.model.case import Case, Naming, Quote
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


@dataclass(frozen=True, slots=True)
class BotReply:
    """The bot's own reply; `body` is what the conversation gave, unread by the desk."""

    body: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """To the asker at once: what comms see, under which reference, until when."""

    ref: str
    sent: str
    naming: Naming
    due_at: datetime
    closest: tuple[Quote, ...]
    body: str


@dataclass(frozen=True, slots=True)
class CommsAnswer:
    """`question` in the asker's own words; `question_id` is for their feedback."""

    ref: str
    question_id: int
    question: str
    text: str
    cited: tuple[Quote, ...]
    answered_by: PersonRef
    at: datetime


@dataclass(frozen=True, slots=True)
class CorrectedAnswer:
    """Takes the place of an answer delivered before; to be marked as corrected."""

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
    """To comms, under the card: something happened that they must not miss. `text` is what the
    asker said, or with RECHECK which published answer is out of use, and why."""

    case: Case
    kind: MessageKind
    text: str


Message = BotReply | Receipt | CommsAnswer | CorrectedAnswer | CaseClosed | CaseCard | CaseNotice


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
    """The platform keeps no key with a message: it is sent again, for lost is worse than twice."""


class Messenger(Protocol):
    @property
    def surfaces(self) -> frozenset[str]:
        """The surfaces it reaches; other messages are left for another process."""
        ...

    def send(self, outgoing: Outgoing) -> str:
        """Return the platform's id of the message, within less time than the lease.

        Raises RetryAfter or Undeliverable when the platform surely took nothing. After any
        other error the message may have been sent, and `find_sent` is asked first.
        """
        ...

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell: ...
