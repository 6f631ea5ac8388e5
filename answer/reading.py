"""How a message is understood: by itself, or together with the one before it."""

import re
from dataclasses import dataclass, replace

from answer.context import leans_on_earlier
from answer.features import Ranking, rank
from answer.intent import intent_of
from index.evidence import Evidence
from index.search import Index
from knowledge.bank import Intent
from knowledge.question import Question

# Share of 1 of the best clause from which on a message is clear by itself; chosen on the traffic's
# follow-ups, see benchmarks/README.md.
CLEAR_FROM = 0.6
FEWEST_WORDS = 2  # words that say something; with fewer, a message names a subject at most
_ASKS = re.compile(
    r"\?\s*$|\b(?:what|which|who|whom|whose|when|where|why|how|do|does|did|is|are|am|can|could|may"
    r"|might|must|should|shall|will|would|have|has|allowed|ok|okay)\b",
    re.IGNORECASE,
)
# Words that say nothing about a subject by themselves.
_FILLERS = frozenset(
    "a about an and any bit etc for in it just me my of on or our please pls question questions "
    "rule rules some something stuff that the these thing things this those to us with you".split()
)


@dataclass(frozen=True)
class Reading:
    """`question` as it was looked up: with the message before it, if `leans_on_earlier`. `evidence`
    was found for it, `alone` for the message by itself."""

    question: Question
    evidence: Evidence
    alone: Evidence
    ranking: Ranking
    leans_on_earlier: bool = False

    @property
    def intent(self) -> Intent:
        return intent_of(self.evidence)

    @property
    def is_fragment(self) -> bool:
        """Whether the message only names a subject: "logo", "phones etc". After another message it
        may be enough to be answered, but not to be passed on."""
        return _names_at_most_one_thing(self.question.text)


def _names_at_most_one_thing(text: str) -> bool:
    words = re.findall(r"[\w'’-]+", text.lower())
    telling = [word for word in words if word not in _FILLERS]
    return len(telling) < FEWEST_WORDS and (len(words) < FEWEST_WORDS or not _ASKS.search(text))


@dataclass(frozen=True)
class Reader:
    index: Index

    def read(self, question: Question) -> Reading:
        by_itself = replace(question, history=())
        alone = self.index.search(by_itself)
        ranking = rank(alone)
        clear = ranking.shares[0] >= CLEAR_FROM
        if not question.history or not leans_on_earlier(
            question.text, intent_of(alone), clear=clear
        ):
            return Reading(by_itself, alone, alone, ranking)
        together = self._after_a_question(question)
        evidence = self.index.search(together)
        return Reading(together, evidence, alone, rank(evidence), leans_on_earlier=True)

    def _after_a_question(self, question: Question) -> Question:
        """A "thanks" between a question and its follow-up is not what that one leans on."""
        history = question.history
        while history and self._is_small_talk(replace(question, text=history[-1], history=())):
            history = history[:-1]
        return replace(question, history=history)

    def _is_small_talk(self, said: Question) -> bool:
        return intent_of(self.index.search(said)) is Intent.SMALL_TALK
