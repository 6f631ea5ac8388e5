"""From a reply of the bot to a case for comms: whether one opens, why, and with what help."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from answer import wording
from answer.reply import Answer, Citation, Clarify, Decline, HandOver, Help, Reply
from desk.model.case import Naming, PersonalData, Quote
from desk.model.precedent import Precedent
from desk.model.question import Escalation, Outcome
from desk.services.escalation import shown_text
from handlers.conversation.published_answers import PublishedAnswers
from handlers.conversation.question_words import question_words
from handlers.conversation.reply_message import ReplyMessage, as_body, published_text
from knowledge.question import Question
from knowledge.reason import NEEDS_A_YES, Reason

FEWEST_WORDS = 2  # content words
PUBLISHED_AS = "Published as {ref}: {text}"
_PUBLISHED_BEFORE = re.compile(r"^Published as (P-[0-9]+): ", re.MULTILINE)
ALL_HANDED_OVER = "At the moment the communications team answers every question itself."


class EscalationPolicy(StrEnum):
    """What happens to a question about the policy that the bot cannot answer."""

    AUTOMATIC = "automatic"
    ASK_FIRST = "ask-first"

    def opens_unasked(self, question: Question, reply: HandOver) -> bool:
        """Whether a case opens without a yes of the asker."""
        return (
            self is EscalationPolicy.AUTOMATIC
            and reply.for_comms
            and reply.reason not in NEEDS_A_YES
            and reply.reason is not Reason.MAY_ANSWER
            and (reply.leans_on_earlier or not is_fragment(question.text))
        )


@dataclass(frozen=True, slots=True)
class EscalationOptions:
    """How the asker wants their question to reach comms."""

    naming: Naming = Naming.NAMED
    personal_data: PersonalData = PersonalData.MASKED


DEFAULT_OPTIONS = EscalationOptions()


def all_to_comms(reply: Reply) -> Reply:
    """No automatic answers: what the bot would have quoted is the draft for comms, and nothing is
    shown to the asker that may look like an answer."""
    match reply:
        case Answer(citations=citations, confidence=confidence, reason=reason):
            leans = reply.leans_on_earlier
            return HandOver(citations, confidence, reason, ALL_HANDED_OVER, leans_on_earlier=leans)
        case HandOver(reason=Reason.MAY_ANSWER):
            reason = Reason.BELOW_THRESHOLD
            return replace(reply, may_help=(), reason=reason, lead=ALL_HANDED_OVER)
        case HandOver():
            return replace(reply, may_help=())
        case Clarify():
            return replace(reply, choices=())
        case _:
            return reply


def case_reason(reply: Reply) -> Reason:
    """Why a case opens after `reply`. An answer becomes a HandOver only while the bot hands
    everything over; any other reply without a reason of its own goes to comms because the asker
    wants it."""
    if reply.reason.for_comms:
        return reply.reason
    would_answer = reply.reason in (Reason.COVERED, Reason.PLACE_NAMED)
    handed_over = isinstance(reply, HandOver) and would_answer
    return Reason.ALL_HANDED_OVER if handed_over else Reason.ASKED_FOR_COMMS


def escalation(
    says: ReplyMessage,
    reply: Reply,
    reason: Reason,
    options: EscalationOptions,
    earlier: tuple[str, ...],
) -> Escalation:
    """`says` is shown with the receipt; `earlier` are the earlier messages that comms need."""
    closest = helpful(reply)
    shown = tuple(shown_text(said, options.personal_data) for said in earlier)
    return Escalation(
        question_id=says.question_id,
        reason=reason,
        closest=quotes(closest),
        draft=draft(closest),
        naming=options.naming,
        personal_data=options.personal_data,
        history=earlier,
        body=as_body(replace(says, passed_on=shown)),
    )


def related_answers(
    published: PublishedAnswers, question: Question, reply: Reply
) -> tuple[Precedent, ...]:
    """A sensitive matter is met with persons to turn to, not with an answer to somebody else."""
    handed_over = isinstance(reply, HandOver) and reply.reason not in NEEDS_A_YES
    return published.similar_to(question) if handed_over else ()


def with_published(why: Escalation, similar: Sequence[Precedent]) -> Escalation:
    """The draft becomes what comms said to a similar question; the clauses stay beside it."""
    said = [PUBLISHED_AS.format(ref=each.ref, text=published_text(each)) for each in similar]
    return replace(why, draft="\n".join(said)) if said else why


def published_before(draft: str) -> tuple[tuple[str, str], ...]:
    """What comms said to similar questions: reference and text of each, as `with_published` puts
    them into a draft. Empty for a draft of quotes."""
    parts = _PUBLISHED_BEFORE.split(draft)
    if parts[0]:
        return ()
    return tuple(zip(parts[1::2], (text.strip() for text in parts[2::2]), strict=True))


def quotes(citations: Sequence[Citation]) -> tuple[Quote, ...]:
    return tuple(Quote(c.policy, c.section, c.heading, c.quote) for c in citations)


def draft(citations: Sequence[Citation]) -> str:
    """The quotes with where they stand, ready to be sent or to be worked on."""
    sources = dict.fromkeys(map(wording.source, citations))
    return "\n".join([*map(wording.cited, citations), *sources])


def offers_person(reply: Reply) -> bool:
    match reply:
        case Decline(offers_person=offered):
            return offered
        case Help():  # small talk, or a message without words
            return False
        case HandOver(for_comms=allowed):
            return allowed
        case _:
            return True


def says_what_happens(reply: Reply) -> bool:
    """Whether the reply needs no sentence that nothing was sent: only a question about the policy
    might have been, and the sensitive replies say so themselves."""
    return not isinstance(reply, HandOver) or reply.reason in NEEDS_A_YES


def outcome_of(reply: Reply) -> Outcome:
    """The outcome of a question that did not reach comms.

    OFFERED is for what the policy lacks: comms read these questions in the list of gaps. Questions
    about sensitive matters must not be there.
    """
    match reply:
        case Answer():
            return Outcome.ANSWERED
        case HandOver(reason=reason, for_comms=True) if reason not in NEEDS_A_YES:
            return Outcome.OFFERED
        case Clarify():
            return Outcome.CLARIFY
        case HandOver() | Decline():
            return Outcome.DECLINED
        case Help():
            return Outcome.HELP


def is_fragment(text: str) -> bool:
    """One word that asks nothing, such as "blog": too little to send to a person unasked."""
    words = question_words(text)
    return len(words.content) < FEWEST_WORDS and not words.asks


def helpful(reply: Reply) -> tuple[Citation, ...]:
    """What a person who takes the question over should read."""
    match reply:
        case Answer(citations=citations):
            return citations
        case HandOver(closest=closest) | Clarify(closest=closest):
            return closest
        case _:
            return ()
