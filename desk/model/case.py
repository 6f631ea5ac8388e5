"""A case: a question that was handed over to comms, and everything that happened to it since."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.people import PersonRef
from knowledge.policy import ClauseRef, Role
from knowledge.reason import Reason


class Status(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


PENDING = frozenset({Status.OPEN, Status.CLAIMED, Status.REOPENED})


class Step(StrEnum):
    OPENED = "opened"
    JOINED = "joined"
    CLAIMED = "claimed"
    TAKEN_OVER = "taken over"
    ASSIGNED = "assigned"
    RELEASED = "released"
    ANSWERED = "answered"
    UNDONE = "answer undone"
    CORRECTED = "corrected"
    FOLLOWED_UP = "followed up"
    EDITED = "edited"
    LEFT = "left by one asker"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REOPENED = "reopened"
    UNDELIVERABLE = "could not be delivered"
    ERASED = "personal data erased"


class Naming(StrEnum):
    NAMED = "named"
    UNNAMED = "unnamed"


class PersonalData(StrEnum):
    """Whether comms see e-mail addresses, numbers and postcodes."""

    MASKED = "masked"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Quote(ClauseRef):
    """A clause with the words quoted from it, verbatim."""

    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """`text` and `cited` are what was said with the step, if anything was. `undone`: an answer
    that was taken back before anybody was sent it. `assigned_to`: who got the case."""

    id: int
    step: Step
    person: PersonRef
    at: datetime
    text: str
    cited: tuple[Quote, ...]
    undone: bool = False
    assigned_to: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """`shown` is their question as comms see it; their own words stay in the database."""

    id: int
    person: PersonRef
    naming: Naming
    shown: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class Case:
    """`holder` claimed it last. `question` and `history` are as comms see them."""

    id: int
    status: Status
    question: str
    role: Role
    history: tuple[str, ...]
    reason: Reason
    closest: tuple[Quote, ...]
    draft: str
    holder: PersonRef | None
    opened_at: datetime
    due_at: datetime
    askers: tuple[Asker, ...]
    events: tuple[Event, ...]

    @property
    def ref(self) -> str:
        return f"C-{self.id}"

    @property
    def version(self) -> int:
        """The number of its last event: another after each step."""
        return self.events[-1].id

    @property
    def answers(self) -> tuple[Event, ...]:
        """Without those that were undone."""
        answered = (event for event in self.events if event.step is Step.ANSWERED)
        return tuple(event for event in answered if not event.undone)

    @property
    def last_answer(self) -> Event | None:
        """As it was last corrected."""
        corrected = (event for event in self.events if event.step is Step.CORRECTED)
        return max((*self.answers, *corrected), key=lambda event: event.id, default=None)
