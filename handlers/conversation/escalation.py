"""From a reply of the bot to a case for comms: whether, why, and with what help."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from answer import reply as answer
from answer import wording
from answer.reply import Answer, Citation, Clarify, Decline, HandOver, Reply
from desk.model import case
from desk.model.case import Naming, PersonalData, Quote
from desk.model.precedent import Precedent
from desk.model.question import Escalation
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.reply_message import published_text
from knowledge.question import Question

PUBLISHED_AS = "Published as {ref}: {text}"
ALL_HANDED_OVER = "At the moment the communications team answer every question themselves."


class EscalationPolicy(StrEnum):
    """What happens to a question about the policy that the bot cannot answer."""

    AUTOMATIC = "automatic"
    ASK_FIRST = "ask-first"


@dataclass(frozen=True, slots=True)
class EscalationOptions:
    """How the asker wants their question to reach comms."""

    naming: Naming = Naming.NAMED
    personal_data: PersonalData = PersonalData.MASKED


DEFAULT_OPTIONS = EscalationOptions()

REASONS = {
    answer.Reason.BELOW_THRESHOLD: case.Reason.BELOW_THRESHOLD,
    answer.Reason.QUOTE_WITHHELD: case.Reason.BELOW_THRESHOLD,
    answer.Reason.TWO_CANDIDATES: case.Reason.TWO_CANDIDATES,
    answer.Reason.NEAR_MISS: case.Reason.NEAR_MISS,
    answer.Reason.SENSITIVE: case.Reason.SENSITIVE,
    answer.Reason.OFF_TOPIC: case.Reason.OFF_TOPIC,
}
"""All other replies go to comms only because their asker says so."""

# In a language that the bot does not read it cannot tell a sensitive matter from another.
NEEDS_A_YES = frozenset({answer.Reason.SENSITIVE, answer.Reason.LANGUAGE})


def all_to_comms(reply: Reply) -> Reply:
    """No automatic answers: what the bot would have quoted becomes the draft for comms."""
    if not isinstance(reply, Answer):
        return reply
    return HandOver(reply.citations, reply.confidence, reply.reason, ALL_HANDED_OVER)


def reason_of(reply: Reply) -> case.Reason:
    if isinstance(reply, HandOver) and reply.reason not in {*REASONS, *NEEDS_A_YES}:
        return case.Reason.ALL_HANDED_OVER
    return REASONS.get(reply.reason, case.Reason.ASKED_FOR_COMMS)


def escalation(
    question_id: int, reply: Reply, reason: case.Reason, wish: EscalationOptions, body: str = ""
) -> Escalation:
    closest = helpful(reply)
    return Escalation(
        question_id=question_id,
        reason=reason,
        closest=quotes(closest),
        draft=draft(closest),
        naming=wish.naming,
        personal_data=wish.personal_data,
        body=body,
    )


def related_answers(
    published: PublishedAnswers, question: Question, reply: Reply
) -> tuple[Precedent, ...]:
    """A sensitive matter is met with persons to turn to, not with an answer to somebody else."""
    handed_over = isinstance(reply, HandOver) and reply.reason not in NEEDS_A_YES
    return published.akin_to(question) if handed_over else ()


def with_published(why: Escalation, similar: Sequence[Precedent]) -> Escalation:
    """The draft becomes what comms said to a similar question; the clauses stay beside it."""
    said = [PUBLISHED_AS.format(ref=each.ref, text=published_text(each)) for each in similar]
    return replace(why, draft="\n".join(said)) if said else why


def quotes(citations: Sequence[Citation]) -> tuple[Quote, ...]:
    return tuple(Quote(c.policy, c.section, c.heading, c.quote) for c in citations)


def draft(citations: Sequence[Citation]) -> str:
    """The quotes with where they stand, ready to be sent or to be worked on."""
    sources = dict.fromkeys(map(wording.source, citations))
    return "\n".join([*map(wording.cited, citations), *sources])


def offers_person(reply: Reply) -> bool:
    return not isinstance(reply, Decline) or reply.offers_person


def helpful(reply: Reply) -> tuple[Citation, ...]:
    """What a person who takes the question over had better read."""
    match reply:
        case Answer(citations=citations):
            return citations
        case HandOver(closest=closest) | Clarify(closest=closest):
            return closest
        case _:
            return ()
