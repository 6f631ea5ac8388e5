"""The five ways in which a question can end.

`lead` is always the bot's own sentence; what it quotes stands in the citations.
"""

from dataclasses import dataclass

from knowledge.policy import ClauseRef, Obligation
from knowledge.reason import Reason


@dataclass(frozen=True, slots=True)
class Citation(ClauseRef):
    """`quote` is one sentence of the policy, verbatim; `lead_in` the printed sentence that
    introduces it, or empty; `items` are the sentences that it itself introduces, when it ends in
    a colon. `reviewed` is as printed, or empty; `edition` is the policy's."""

    title: str
    reviewed: str
    lead_in: str
    quote: str
    obligation: Obligation
    items: tuple[str, ...] = ()
    edition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseReply:
    """`leans_on_earlier`: the message was understood only together with the one before it."""

    leans_on_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Answer(BaseReply):
    """`confidence` is the probability, 0 to 1, that the first citation is right."""

    citations: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str


@dataclass(frozen=True, slots=True)
class HandOver(BaseReply):
    """The question needs a person.

    `closest` are ranked as if the bot had to answer, best first. `may_help` are those of them, at
    most two, that are likely enough to be shown to the asker; empty where they are weak.
    `for_comms`: whether the question may be offered to comms at all; wrongdoing at work may not.
    """

    closest: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str
    may_help: tuple[Citation, ...] = ()
    for_comms: bool = True


@dataclass(frozen=True, slots=True)
class Clarify(BaseReply):
    """`choices` are at most three questions the asker may have meant."""

    choices: tuple[str, ...]
    closest: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str


@dataclass(frozen=True, slots=True)
class Help(BaseReply):
    confidence: float
    reason: Reason
    lead: str


@dataclass(frozen=True, slots=True)
class Decline(BaseReply):
    """`offers_person`: the question is a fair one, only not this bot's."""

    confidence: float
    reason: Reason
    offers_person: bool
    lead: str


Reply = Answer | HandOver | Clarify | Help | Decline
