"""What the pages keep of a conversation: each letter is one thing that was said in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, TypeAdapter

from desk.model.messages import BotReply, CaseClosed, CommsAnswer, CorrectedAnswer, Message, Receipt
from desk.model.question import Verdict
from handlers.conversation.reply_message import ReplyMessage


class EntryKind(StrEnum):
    ASKED = "asked"
    REPLY = "reply"
    RECEIPT = "receipt"
    ANSWER = "answer"
    CORRECTED = "corrected"
    CLOSED = "closed"
    JUDGED = "judged"
    WITHDRAWN = "withdrawn"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Asked:
    """By the person; `message_id` names the question when they put it otherwise."""

    text: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What the bot says to a verdict."""

    verdict: Verdict
    says: ReplyMessage


@dataclass(frozen=True, slots=True)
class Withdrew:
    ref: str


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the bot that asks for nothing, such as a refusal."""

    text: str


Content = (
    Asked
    | BotReply
    | Receipt
    | CommsAnswer
    | CorrectedAnswer
    | CaseClosed
    | Judged
    | Withdrew
    | Told
)

_CLASSES: dict[EntryKind, type[Content]] = {
    EntryKind.ASKED: Asked,
    EntryKind.REPLY: BotReply,
    EntryKind.RECEIPT: Receipt,
    EntryKind.ANSWER: CommsAnswer,
    EntryKind.CORRECTED: CorrectedAnswer,
    EntryKind.CLOSED: CaseClosed,
    EntryKind.JUDGED: Judged,
    EntryKind.WITHDRAWN: Withdrew,
    EntryKind.TOLD: Told,
}
_KINDS: dict[type, EntryKind] = {letter: kind for kind, letter in _CLASSES.items()}
_TYPES: dict[EntryKind, TypeAdapter[Any]] = {
    kind: TypeAdapter(letter) for kind, letter in _CLASSES.items()
}


class _Stored(BaseModel):
    kind: EntryKind
    content: str


def as_body(content: Content | Message) -> str:
    """Raises KeyError for what is meant for comms."""
    kind = _KINDS[type(content)]
    return _Stored(kind=kind, content=_TYPES[kind].dump_json(content).decode()).model_dump_json()


def from_body(body: str) -> tuple[EntryKind, Content]:
    stored = _Stored.model_validate_json(body)
    content: Content = _TYPES[stored.kind].validate_json(stored.content)
    return stored.kind, content
