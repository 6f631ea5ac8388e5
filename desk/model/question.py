"""A question from the moment the platform delivered it until it has its one outcome."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.case import Naming, PersonalData, Quote
from desk.model.people import Contact, Person, PersonRef
from knowledge.policy import Role
from knowledge.reason import Reason
from knowledge.same_question import normal_words


class Outcome(StrEnum):
    ANSWERED = "answered"
    ESCALATED = "escalated"
    OFFERED = "offered"
    CLARIFY = "clarify"
    HELP = "help"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What the asker thinks of an answer."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not helpful"


@dataclass(frozen=True, slots=True)
class Decision:
    """Why the bot replied as it did, and how sure it was, 0 to 1, where it answered by itself.
    Without a reason a switch or a published answer decided."""

    confidence: float | None = None
    reason: Reason | None = None


NO_DECISION = Decision()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A question as the platform delivered it. `history`: the asker's earlier words, oldest
    first.

    `event_id` and `message_id` are unique in the surface; where messages are unique in their
    channel only, the channel stands before them. A terminal makes its own.
    """

    event_id: str
    message_id: str
    contact: Contact
    person: Person
    role: Role
    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One event of a platform, by the platform's own id; a terminal makes its own.

    `message_id`, as in Incoming, is of the message that brought words for a case: so a later
    edit or deletion of that message finds them. Empty where the words came by a form.
    """

    event_id: str
    surface: str
    person: Person
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class AlreadySeen:
    """The platform sent it again: say nothing."""


@dataclass(frozen=True, slots=True)
class NoCase:
    """The message opened no case and added to none: there is nothing to change."""


@dataclass(frozen=True, slots=True)
class StillWithComms:
    """The deleted message had added words to the case `ref`. They are with comms and stay
    there: only withdrawing the case takes them back."""

    ref: str


@dataclass(frozen=True, slots=True)
class Question:
    """As stored. `tries` counts how often the sweeper handed it out. `outcome` and `case_id`
    are None as long as it has none."""

    id: int
    contact: Contact
    person: PersonRef
    role: Role
    text: str
    history: tuple[str, ...]
    accepted_at: datetime
    tries: int
    outcome: Outcome | None = None
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """`question` as it was stored."""

    question: Question

    @property
    def question_id(self) -> int:
        return self.question.id


@dataclass(frozen=True, slots=True)
class Escalation:
    """Why a question goes to comms, and what helps them. `history` are the earlier messages that
    comms see, oldest first; `body` reaches the asker's handler with the receipt, unread."""

    question_id: int
    reason: Reason
    closest: tuple[Quote, ...] = ()
    draft: str = ""
    naming: Naming = Naming.NAMED
    personal_data: PersonalData = PersonalData.MASKED
    history: tuple[str, ...] = ()
    body: str = ""


def pending_key(role: Role, text: str, history: tuple[str, ...]) -> str:
    """A SHA-256 that is equal for the same words by the same kind of person after the same
    earlier words."""
    words = [role.value, *(normal_words(said) for said in (*history[-1:], text))]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
