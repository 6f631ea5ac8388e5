"""What the bot says, without a platform. It is stored in the desk's outbox as text, and each
surface puts it into its own blocks, cards or colours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import StrEnum

from pydantic import TypeAdapter

from answer import wording
from answer.reply import Answer, Citation, Clarify, HandOver, Reply
from desk.model.precedent import Precedent
from handlers.conversation.button_labels import ASK_COMMS, DOES_THIS_ANSWER, NO, NONE
from knowledge.bank import Need

PUBLISHED = "The communications team answered this on {day}:"
SIMILAR = "The communications team answered a similar question on {day}:"
INTERPRETS = "The answer refers to {place} ({policy})."


class Voice(StrEnum):
    """Whose words are shown as the answer; a surface must let the asker tell them apart."""

    BOT = "the bot"
    POLICY = "the policy"
    COMMS = "the communications team"


class Offer(StrEnum):
    """What the asker may do next, as a button or a command."""

    FEEDBACK = "say whether this helped"
    CONFIRM = "say whether the answer to a similar question answers this one"
    """Ask DOES_THIS_ANSWER, with YES (a verdict: helpful) and NO (asks comms), instead of FEEDBACK.
    FEEDBACK is offered too, for a surface that cannot show this."""
    SECTIONS = "say which of the related sections answers"
    """Beside each quote in `related` THIS_ANSWERS, which confirms it, and below NONE, which asks
    comms."""
    COMMS = "ask the communications team"
    UNNAMED = "ask the communications team unnamed"


TO_COMMS = (Offer.COMMS, Offer.UNNAMED)


@dataclass(frozen=True, slots=True)
class RelatedAnswer:
    """What comms published to a similar question, shown with that question: the asker judges
    whether it answers theirs. `lead` says so, and when it was written."""

    lead: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class ReplyMessage:
    """`lead` is the bot's own sentence; `text` is what comms published. `quotes` answer the
    question; `related`, at most two, may help, and so may `similar_answers`, at most one. With
    Offer.SECTIONS the asker is asked which of `related`, then at most three, answers.
    `passed_on` are the asker's earlier messages that comms see with the question, as comms see
    them. `need` is what kind of help a sensitive message asks for."""

    question_id: int
    voice: Voice
    lead: str
    text: str = ""
    quotes: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    similar_answers: tuple[RelatedAnswer, ...] = ()
    choices: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    passed_on: tuple[str, ...] = ()
    need: Need | None = None


_BODY = TypeAdapter(ReplyMessage)


def as_body(says: ReplyMessage) -> str:
    return _BODY.dump_json(says).decode()


def from_body(body: str) -> ReplyMessage:
    return _BODY.validate_json(body)


def from_reply(reply: Reply, question_id: int = 0, offers: tuple[Offer, ...] = ()) -> ReplyMessage:
    return ReplyMessage(
        question_id=question_id,
        voice=Voice.POLICY if isinstance(reply, Answer) else Voice.BOT,
        lead=reply.lead,
        quotes=reply.citations if isinstance(reply, Answer) else (),
        related=reply.may_help if isinstance(reply, HandOver) else (),
        choices=reply.choices if isinstance(reply, Clarify) else (),
        offers=offers,
        need=reply.need if isinstance(reply, HandOver) else None,
    )


def from_precedent(precedent: Precedent, question_id: int, zone: tzinfo) -> ReplyMessage:
    return ReplyMessage(
        question_id=question_id,
        voice=Voice.COMMS,
        lead=PUBLISHED.format(day=_day(precedent, zone)),
        text=published_text(precedent),
        offers=(Offer.FEEDBACK, *TO_COMMS),
    )


def with_similar(says: ReplyMessage, similar: Sequence[Precedent], zone: tzinfo) -> ReplyMessage:
    """With the published answers to similar questions, for the asker to judge."""
    answers = tuple(
        RelatedAnswer(SIMILAR.format(day=_day(each, zone)), each.question, published_text(each))
        for each in similar
    )
    offers = (Offer.CONFIRM, Offer.FEEDBACK, *TO_COMMS)
    return replace(says, similar_answers=answers, offers=offers)


def published_text(precedent: Precedent) -> str:
    places = [
        INTERPRETS.format(place=each.place, policy=_in_words(each.policy))
        for each in precedent.cited
    ]
    return "\n".join([precedent.text, *places])


def plain(says: ReplyMessage) -> str:
    parts = [says.lead, says.text, *wording.answer_lines(says.quotes)]
    parts += sources(says.quotes)
    for similar in says.similar_answers:
        parts += [similar.lead, f"“{similar.question}”", similar.text]
    parts += [DOES_THIS_ANSWER] if Offer.CONFIRM in says.offers else []
    parts += [wording.MAY_HELP] if says.related and Offer.SECTIONS not in says.offers else []
    parts += map(wording.cited, says.related)
    parts += [f"- {choice}" for choice in says.choices]
    return "\n".join(part for part in parts if part)


def ask_comms_label(says: ReplyMessage) -> str:
    """What the button says that asks comms: it is a no where the asker was asked something."""
    if Offer.CONFIRM in says.offers:
        return NO
    return NONE if Offer.SECTIONS in says.offers else ASK_COMMS


def sources(citations: Sequence[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(wording.source, citations)))


def _in_words(policy: str) -> str:
    """The name of a policy, which is that of a file, as words."""
    return re.sub(r"[-_]+", " ", policy)


def _day(precedent: Precedent, zone: tzinfo) -> str:
    """That of the wording: an edited answer was reviewed when it was edited."""
    at = precedent.edited_at.astimezone(zone)
    return f"{at.day} {at:%B %Y}"
