"""Questions in and replies out as JSON lines: the batch that other programs rely on."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import TextIO, TypedDict

from answer.reply import Answer, Citation, Clarify, Decline, HandOver, Help, Reply
from answer.wording import plain_text
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import Question, role_named
from knowledge.storable_text import storable


class BadBatch(BadInput):
    """A line of a batch is not a question; the text names the line."""


class CitationFields(TypedDict):
    policy: str
    title: str
    section: str
    heading: str
    quote: str
    obligation: str


class ReplyFields(TypedDict):
    id: str
    outcome: str
    confidence: float
    citations: list[CitationFields]
    closest: list[CitationFields]
    reason: str
    text: str
    ms: float


@dataclass(frozen=True, slots=True)
class BatchLine:
    id: str
    question: Question


OUTCOMES = {
    Answer: "answered",
    HandOver: "escalated",
    Clarify: "clarify",
    Help: "help",
    Decline: "declined",
}


def read_batch(lines: Iterable[str]) -> tuple[BatchLine, ...]:
    """Raises BadBatch before a single question is answered."""
    return tuple(_line(line, n) for n, line in enumerate(lines, start=1) if line.strip())


def answer_batch(
    lines: Iterable[BatchLine], reply: Callable[[Question], Reply], out: TextIO
) -> None:
    for line in lines:
        out.write(answer_line(line, reply) + "\n")


def answer_line(line: BatchLine, reply: Callable[[Question], Reply]) -> str:
    start = perf_counter()
    replied = reply(line.question)
    fields = reply_fields(line.id, replied, (perf_counter() - start) * 1000)
    return json.dumps(fields, ensure_ascii=False)


def reply_fields(name: str, reply: Reply, milliseconds: float) -> ReplyFields:
    return {
        "id": name,
        "outcome": OUTCOMES[type(reply)],
        "confidence": round(reply.confidence, 4),
        "citations": citations(reply.citations) if isinstance(reply, Answer) else [],
        "closest": citations(reply.closest) if isinstance(reply, HandOver | Clarify) else [],
        "reason": reply.reason.text,
        "text": plain_text(reply),
        "ms": round(milliseconds, 1),
    }


def citations(citations: Sequence[Citation]) -> list[CitationFields]:
    return [
        {
            "policy": citation.policy,
            "title": citation.title,
            "section": citation.section,
            "heading": citation.heading,
            "quote": citation.quote,
            "obligation": str(citation.obligation),
        }
        for citation in citations
    ]


def _line(line: str, number: int) -> BatchLine:
    try:
        fields = json.loads(line)
        return BatchLine(
            storable(str(fields.get("id", number))),
            Question(
                _text(fields["question"]),
                role_named(fields.get("role") or Role.STAFF),
                _texts(fields.get("history") or []),
            ),
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, BadInput) as error:
        raise BadBatch(
            f"Line {number} of the batch is no question: {error}. "
            'A line reads {"id": "1", "question": "..."}, with role and history if you like.'
        ) from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return storable(value)


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list of texts")
    return tuple(_text(message) for message in value)
