"""When an answer from a taught policy may be shown, by what that policy's own questions prove."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.features import Features, features, rank
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.taught import EvidenceWithTaught
from knowledge.question import Question


@dataclass(frozen=True, slots=True)
class ShownAt:
    """From this probability on `shown` of the policy's questions are answered, `wrong` of them
    wrongly, and with 90 % confidence at most `bound` (a share) of all answers are wrong."""

    threshold: float
    shown: int
    wrong: int
    bound: float


@dataclass(frozen=True)
class TaughtConfidence:
    """A logistic regression on standardised features; `steps` from the strictest threshold on."""

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercept: float
    steps: tuple[ShownAt, ...]

    def probability(self, row: Features) -> float:
        """That the best clause of the policy is right, 0 to 1."""
        standard = (row - self.means) / self.scales
        return float(1 / (1 + np.exp(-(standard @ self.weights + self.intercept))))

    def threshold(self, accepted_risk: float) -> float:
        """By fixed-sequence testing, as for the question bank: see answer/confidence.py."""
        chosen = 1 - accepted_risk
        for step in self.steps:
            if step.bound > accepted_risk:
                break
            chosen = step.threshold
        return chosen

    def of(self, question: Question, evidence: Evidence, policy: str) -> float:
        """The probability for a question that other policies may be about, too."""
        if not isinstance(evidence, EvidenceWithTaught):
            raise TypeError("Evidence of an index that knows no taught policy.")
        own = evidence.own[policy]
        alone = self.probability(features(question, own, rank(own)))
        return alone * _share_of(evidence, policy)


def _share_of(evidence: Evidence, policy: str) -> float:
    """Of what is likely to answer, the part in this policy."""
    starts, totals = evidence.places.sums_by_policy(combined_scores(evidence))
    inside = [evidence.passages[row].policy.name == policy for row in starts]
    return float(totals[inside].sum() / max(totals.sum(), np.finfo(np.float32).tiny))
