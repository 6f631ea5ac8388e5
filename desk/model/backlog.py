"""Messages that have not arrived: numbers and references, without their words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.messages import MessageKind


class State(StrEnum):
    """The state of a message in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many messages wait, when the oldest was queued, how many were tried before, and how
    many were given up."""

    waiting: int
    oldest: datetime | None
    retried: int
    undeliverable: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was tried and has not arrived. `ref` is empty where it belongs to no case.
    `surface` is without what stands after a colon: a terminal's names the person there, who may
    have asked unnamed."""

    ref: str
    kind: MessageKind
    surface: str
    state: State
    attempts: int
    queued_at: datetime
