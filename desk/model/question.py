"""A question from the moment the platform delivered it until it has its one outcome."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.case import Naming, PersonalData, Quote, Reason
from desk.model.people import Contact, Person, PersonRef
from knowledge.policy import Role


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
class Incoming:
    """As the platform delivered it. `history`: the asker's earlier words, oldest first.

    `event_id` and `message_id` are unique in the surface; a surface whose messages are
    unique in their channel only puts the channel before them. A terminal makes its own.
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
    """One event of a platform, by the platform's own id; a terminal makes its own."""

    event_id: str
    surface: str
    person: Person


@dataclass(frozen=True, slots=True)
class Accepted:
    question_id: int


@dataclass(frozen=True, slots=True)
class AlreadySeen:
    """The platform sent it again: say nothing."""


@dataclass(frozen=True, slots=True)
class NoCase:
    """The message opened no case: there is nothing to change."""


@dataclass(frozen=True, slots=True)
class Question:
    """As stored. `tries` counts how often the sweeper handed it out."""

    id: int
    contact: Contact
    who: PersonRef
    role: Role
    text: str
    history: tuple[str, ...]
    accepted_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """Why a question goes to comms, and what helps them. `body` reaches the asker's handler
    with the receipt, unread."""

    question_id: int
    reason: Reason
    closest: tuple[Quote, ...] = ()
    draft: str = ""
    naming: Naming = Naming.NAMED
    personal_data: PersonalData = PersonalData.MASKED
    body: str = ""


def pending_key(role: Role, text: str, history: tuple[str, ...]) -> str:
    """Equal for the same words by the same kind of person after the same earlier words."""
    words = [role.value, *(normal_words(said) for said in (*history[-1:], text))]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def normal_words(text: str) -> str:
    """Without case, spacing and punctuation, but with the signs that change a meaning: "£50" is
    not "50%"."""
    return " ".join(re.findall(r"\w+|[£$€%<>+=]", text.casefold()))
