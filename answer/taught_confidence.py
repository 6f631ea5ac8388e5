"""How sure an answer from a taught policy is, beside policies that may answer as well."""

import numpy as np

from answer.confidence import ConfidenceModel
from answer.features import features, rank
from index.combined_scores import combined_scores
from index.evidence import Evidence
from index.taught import EvidenceWithTaught
from knowledge.question import Question


def taught_probability(
    model: ConfidenceModel, question: Question, evidence: Evidence, policy: str
) -> float:
    """That the best clause of the policy is right, 0 to 1, for a question that other policies may
    be about, too. `model` was fitted on the policy's own questions."""
    if not isinstance(evidence, EvidenceWithTaught):
        raise TypeError("Evidence of an index that knows no taught policy.")
    own = evidence.own[policy]
    alone = model.probability(features(question, own, rank(own)))
    return alone * _share_of(evidence, policy)


def _share_of(evidence: Evidence, policy: str) -> float:
    """Of what is likely to answer, the part in this policy."""
    starts, totals = evidence.places.sums_by_policy(combined_scores(evidence))
    inside = [evidence.passages[row].policy.name == policy for row in starts]
    return float(totals[inside].sum() / max(totals.sum(), np.finfo(np.float32).tiny))
