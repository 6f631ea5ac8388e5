"""The five ways in which a question can end.

`lead` is always the bot's own sentence; what it quotes stands in the citations.
"""

import re
from dataclasses import dataclass

from knowledge.bank import Need, SmallTalk
from knowledge.policy import ClauseRef, Obligation
from knowledge.reason import Reason

ADVISED = "advice"
_STRENGTH = (
    Obligation.MUST_NOT,
    Obligation.MUST,
    Obligation.SHOULD_NOT,
    Obligation.SHOULD,
    Obligation.MAY,
    Obligation.INFORMATION,
)
# "It is a good idea to ...", "we encourage you to ...": less than "should" says.
_ONLY_ADVISED = re.compile(
    r"^(?!.*\bshould\b).*\b(?:good idea|encouraged?|recommend(?:ed)?|where possible|helpful)\b",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Citation(ClauseRef):
    """A quote with what it needs to be understood, all of it verbatim.

    `quote` is one sentence of the policy. `lead_in` is the printed sentence that introduces its
    list, `before` are the sentences printed just before it, `after` those just after it, `added`
    their obligations, `items` the ones that it introduces; each is empty where the quote
    needs none. `items_left_out` counts the items of its list that are not shown. `reviewed` is as
    printed, or empty; `edition` is the policy's. `about` is the part of the message that the quote
    answers, in the asker's words, where a message asks several things; else it is empty.
    `names_policy`: whether `place` begins with the policy's title, where the bot has several
    policies.
    """

    title: str
    reviewed: str
    lead_in: str
    quote: str
    obligation: Obligation
    items: tuple[str, ...] = ()
    edition: str = ""
    before: str = ""
    after: str = ""
    added: tuple[Obligation, ...] = ()
    items_left_out: int = 0
    about: str = ""
    names_policy: bool = False

    @property
    def place(self) -> str:
        """ "section 2, Think twice", after the title of the policy if the citation names it."""
        place = self.clause_ref.place
        return (
            ", ".join(part for part in (self.title, place) if part) if self.names_policy else place
        )

    @property
    def force(self) -> str:
        """The strongest obligation of the quote and what it adds after it, as a small word beside
        it ("must", "should not", "may"); empty for information."""
        strongest = min((self.obligation, *self.added), key=_STRENGTH.index)
        if strongest is Obligation.INFORMATION:
            return ""
        advised = _ONLY_ADVISED.search(f"{self.lead_in} {self.quote}")
        return ADVISED if advised and strongest is Obligation.SHOULD else str(strongest)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseReply:
    """`leans_on_earlier`: the message was understood only together with the one before it."""

    leans_on_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Answer(BaseReply):
    """`confidence` is the probability, 0 to 1, that the first citation is right; of a
    message with several parts, the lowest of the parts' confidences.

    `parts` are the questions of a message that asks several things, in the order asked and in the
    asker's words; empty for one question. The citations of a part bear it as `about`.
    """

    citations: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str
    parts: tuple[str, ...] = ()

    @property
    def not_found(self) -> tuple[str, ...]:
        """The parts of the message about which nothing is quoted."""
        found = {citation.about for citation in self.citations}
        return tuple(part for part in self.parts if part not in found)


@dataclass(frozen=True, slots=True)
class HandOver(BaseReply):
    """The question needs a person.

    `closest` are ranked as if the bot had to answer, best first. `may_help` are those of them, at
    most two, that are likely enough to be shown to the asker; empty where they are weak. With
    Reason.MAY_ANSWER they are at most three, a search result: the asker is asked which of them
    answers, and only if none does, the question goes to a person.
    `for_comms`: whether the question may be offered to comms at all; wrongdoing at work may not.
    `need` says what kind of help a sensitive message needs; None where that is not known, or the
    message is not sensitive.
    """

    closest: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str
    may_help: tuple[Citation, ...] = ()
    for_comms: bool = True
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Clarify(BaseReply):
    """`choices` are at most three headings of the policy that the asker may have meant. Each names
    the part that it leads to."""

    choices: tuple[str, ...]
    closest: tuple[Citation, ...]
    confidence: float
    reason: Reason
    lead: str


@dataclass(frozen=True, slots=True)
class Help(BaseReply):
    """`talk` is what a message of small talk does; None where it is none, or not known."""

    confidence: float
    reason: Reason
    lead: str
    talk: SmallTalk | None = None


@dataclass(frozen=True, slots=True)
class Decline(BaseReply):
    """`offers_person`: the question is a fair one, only not this bot's."""

    confidence: float
    reason: Reason
    offers_person: bool
    lead: str


Reply = Answer | HandOver | Clarify | Help | Decline
