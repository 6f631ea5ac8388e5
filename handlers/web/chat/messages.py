"""What the inbox keeps of a conversation on the pages: each message is one thing that was said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, TypeAdapter

from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from desk.model.question import Verdict
from handlers.conversation.reply_message import ReplyMessage


class EntryKind(StrEnum):
    """The values are stored, and name the styles of an entry."""

    ASKED = "asked"
    REPLY = "reply"
    RECEIPT = "receipt"
    ANSWER = "answer"
    CORRECTED = "corrected"
    CLOSED = "closed"
    FEEDBACK = "judged"
    WITHDRAWN = "withdrawn"
    NOTICE = "told"


@dataclass(frozen=True, slots=True)
class Asked:
    """By the person; `message_id` names the question when they edit it."""

    text: str
    message_id: str


@dataclass(frozen=True, slots=True)
class FeedbackReply:
    """What the bot says to "helpful" or "not helpful"."""

    verdict: Verdict
    says: ReplyMessage


@dataclass(frozen=True, slots=True)
class Withdrawal:
    ref: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence of the bot that asks for nothing, such as a refusal."""

    text: str


Content = (
    Asked
    | BotReply
    | Receipt
    | CommsAnswer
    | CorrectedAnswer
    | CaseClosed
    | FeedbackReply
    | Withdrawal
    | Notice
)

_CLASSES: dict[EntryKind, type[Content]] = {
    EntryKind.ASKED: Asked,
    EntryKind.REPLY: BotReply,
    EntryKind.RECEIPT: Receipt,
    EntryKind.ANSWER: CommsAnswer,
    EntryKind.CORRECTED: CorrectedAnswer,
    EntryKind.CLOSED: CaseClosed,
    EntryKind.FEEDBACK: FeedbackReply,
    EntryKind.WITHDRAWN: Withdrawal,
    EntryKind.NOTICE: Notice,
}
_KINDS: dict[type, EntryKind] = {content: kind for kind, content in _CLASSES.items()}
_TYPES: dict[EntryKind, TypeAdapter[Any]] = {
    kind: TypeAdapter(content) for kind, content in _CLASSES.items()
}


class _Stored(BaseModel):
    kind: EntryKind
    content: str


def as_body(content: Content | Message) -> str:
    """Raises KeyError for a message to comms."""
    kind = _KINDS[type(content)]
    return _Stored(kind=kind, content=_TYPES[kind].dump_json(content).decode()).model_dump_json()


def from_body(body: str) -> tuple[EntryKind, Content]:
    stored = _Stored.model_validate_json(body)
    content: Content = _TYPES[stored.kind].validate_json(stored.content)
    return stored.kind, content
