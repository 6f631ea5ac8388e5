"""What would be quoted for a question, and how likely the best of it is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from answer.artifacts import ConfidenceModels
from answer.audience import audience_asked, names
from answer.citations import quoted_rows
from answer.confidence import ConfidenceModel
from answer.features import Features, Ranking, features
from answer.outside_features import outside_features
from answer.reading import Reader, Reading
from answer.taught_confidence import taught_probability
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.search import Index
from index.taught import is_taught, outside_untaught
from knowledge.bank import Intent
from knowledge.question import Question

# Share, 0 to 1, of suggestions whose first clause may be wrong: two more are shown beside it, and
# the asker judges. See benchmarks/README.md for how often one of the three is right.
SUGGESTION_RISK = 0.4
LIKELIER = 0.5  # share of 1 from which on something is likelier than all else


class Measure(StrEnum):
    """The questions with known answers by which the confidence in a clause was measured."""

    BANK = "the question bank"
    OWN_QUESTIONS = "the policy's own example questions"
    OTHER_POLICIES = "questions about other policies"


@dataclass(frozen=True)
class Assessment:
    """`rows` are the passages that would be quoted, best first. `confidence` is the probability
    that the first is right, by `measure`; from `threshold` on it is enough for an answer. `sure`:
    the risk of showing them as the answer is accepted. `likely`: in a policy without a bank, the
    risk of suggesting the best clauses is accepted."""

    reading: Reading
    rows: tuple[int, ...]
    confidence: float
    threshold: float
    measure: Measure
    sure: bool
    likely: bool = False

    @property
    def evidence(self) -> Evidence:
        return self.reading.evidence

    @property
    def ranking(self) -> Ranking:
        return self.reading.ranking

    @property
    def leans_on_earlier(self) -> bool:
        return self.reading.leans_on_earlier

    @cached_property
    def intent(self) -> Intent:
        return self.reading.intent

    @property
    def answers(self) -> bool:
        """Whether the passages are to be shown as the answer."""
        return self.sure and self.intent is Intent.ANSWERABLE

    @property
    def suggests(self) -> bool:
        """Whether the best clauses are to be shown as a search result."""
        return self.likely and self.intent is Intent.ANSWERABLE


@dataclass(frozen=True)
class Assessor:
    """`accepted_risk`: the share of answers shown that may be wrong, 0 to 1. `taught` holds the
    confidence of each policy that has enough example questions of its own, by its name."""

    index: Index
    models: ConfidenceModels
    accepted_risk: float
    taught: Mapping[str, ConfidenceModel] = field(default_factory=dict)

    def assess(self, question: Question) -> Assessment:
        reading = Reader(self.index).read(question)
        evidence, policy = reading.evidence, best_policy(reading)
        rows = quoted_rows(combined_scores(evidence), reading.ranking)
        own = self.taught.get(policy) if is_taught(evidence, policy) else None
        banked = is_banked(reading)
        model = own or (self.models.banked if banked else self.models.elsewhere)
        if own is not None:
            confidence = taught_probability(own, reading.question, evidence, policy)
        else:
            confidence = model.probability(confidence_features(reading))
        threshold = model.threshold(self.accepted_risk)
        found = not banked and outside_untaught(evidence).sum() >= LIKELIER
        return Assessment(
            reading,
            rows,
            confidence,
            threshold,
            _measure(own=own is not None, banked=banked),
            sure=confidence >= threshold and names_audience(reading, rows),
            likely=found and confidence >= model.threshold(SUGGESTION_RISK),
        )


def _measure(*, own: bool, banked: bool) -> Measure:
    if own:
        return Measure.OWN_QUESTIONS
    return Measure.BANK if banked else Measure.OTHER_POLICIES


def best_policy(reading: Reading) -> str:
    """The name of the best clause's policy."""
    return reading.evidence.passages[reading.ranking.best[0]].policy.name


def is_banked(reading: Reading) -> bool:
    """Whether the best clause is of a policy that the question bank is about."""
    evidence = reading.evidence
    known = bool(evidence.banked[reading.ranking.best[0]])
    return known and not is_taught(evidence, best_policy(reading))


def confidence_features(reading: Reading) -> Features:
    """What the confidence model of the best clause's policy goes by."""
    of = features if is_banked(reading) else outside_features
    return of(reading.question, reading.evidence, reading.ranking)


def names_audience(reading: Reading, rows: tuple[int, ...]) -> bool:
    """Whether the sentences name the people about whom the question asks, if it asks about any."""
    audience = audience_asked(reading.question.text)
    passages = reading.evidence.passages
    return not audience or any(names(passages[row].sentence.text, audience) for row in rows)
