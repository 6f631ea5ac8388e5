"""What was found for a question, and how likely the best of it is right."""

from dataclasses import dataclass, replace

from answer.artifacts import ConfidenceModels
from answer.audience import audience_asked, names
from answer.citations import quoted_rows
from answer.context import leans_on_earlier
from answer.features import Ranking, features, rank
from answer.intent import intent_of
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.search import Index
from knowledge.bank import Intent
from knowledge.question import Question


@dataclass(frozen=True)
class Assessment:
    """`rows` are the passages that would be quoted, best first. `sure`: the risk of showing them
    is accepted. `leans_on_earlier`: the message was read together with the one before it."""

    evidence: Evidence
    ranking: Ranking
    rows: tuple[int, ...]
    confidence: float
    sure: bool
    leans_on_earlier: bool = False

    @property
    def intent(self) -> Intent:
        return intent_of(self.evidence)

    @property
    def answers(self) -> bool:
        """Whether the passages are to be shown as the answer."""
        return self.sure and self.intent is Intent.ANSWERABLE


@dataclass(frozen=True)
class Assessor:
    """`accepted_risk`: the share of answers shown that may be wrong, 0 to 1."""

    index: Index
    models: ConfidenceModels
    accepted_risk: float

    def assess(self, question: Question) -> Assessment:
        """The message by itself, or together with the one before it if it leans on that one."""
        alone = self.read(replace(question, history=()))
        if not question.history:
            return alone
        if not leans_on_earlier(question.text, alone.intent, sure=alone.sure):
            return alone
        together = self.read(self._after_a_question(question))
        return replace(together, leans_on_earlier=True)

    def read(self, question: Question) -> Assessment:
        """The message together with the one before it, if there is one."""
        evidence = self.index.search(question)
        ranking = rank(evidence)
        banked = evidence.banked[ranking.best[0]]
        model = self.models.banked if banked else self.models.elsewhere
        confidence = model.probability(features(question, evidence, ranking))
        rows = quoted_rows(combined_scores(evidence), ranking)
        sure = confidence >= model.threshold(self.accepted_risk)
        sure = sure and _names_audience(question, evidence, rows)
        return Assessment(evidence, ranking, rows, confidence, sure)

    def _after_a_question(self, question: Question) -> Question:
        """A "thanks" between a question and its follow-up is not what that one leans on."""
        history = question.history
        while history and self._is_small_talk(replace(question, text=history[-1], history=())):
            history = history[:-1]
        return replace(question, history=history)

    def _is_small_talk(self, said: Question) -> bool:
        return intent_of(self.index.search(said)) is Intent.SMALL_TALK


def _names_audience(question: Question, evidence: Evidence, rows: tuple[int, ...]) -> bool:
    """Whether the sentences name the people for whom the question asks, if it asks for any."""
    audience = audience_asked(question.text)
    return not audience or any(
        names(evidence.passages[row].sentence.text, audience) for row in rows
    )
