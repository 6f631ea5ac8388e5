"""What has not arrived: numbers and references, never a word of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.messages import MessageKind


class State(StrEnum):
    """Of a message in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"


@dataclass(frozen=True, slots=True)
class Backlog:
    """`waiting` messages, since when the oldest waits, how many of them were tried before, and
    how many were given up."""

    waiting: int
    oldest: datetime | None
    retried: int
    undeliverable: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that was tried in vain. `ref` is empty where it belongs to no case. `surface`
    lacks what it has after a colon: a terminal's names the person, who may have asked unnamed."""

    ref: str
    kind: MessageKind
    surface: str
    state: State
    attempts: int
    queued_at: datetime
