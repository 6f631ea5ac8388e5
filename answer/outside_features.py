"""What the confidence goes by for a policy without a bank: the evidence as a row of numbers."""

import numpy as np

from answer.features import Features, Ranking, clause_margin, log_odds
from index.evidence import Evidence
from index.taught import outside_untaught
from knowledge.question import Question

NAMES = (
    "share of the top clause's best sentence",
    "share of no sentence",
    "margin to the second clause",
    "margin to the third clause",
    "similarity of the top sentence",
    "words shared with the top sentence",
    "number of words",
    "follow-up",
)


def outside_features(question: Question, evidence: Evidence, ranking: Ranking) -> Features:
    """Shape (len(NAMES),), in the order of NAMES."""
    best, outside = ranking.best[0], outside_untaught(evidence)
    shares = tuple(float(outside[row]) for row in ranking.best[:3])
    row = (
        log_odds(shares[0]),
        log_odds(1 - outside.sum()),
        clause_margin(shares, 1),
        clause_margin(shares, 2),
        float(evidence.similarity[best]),
        float(evidence.lexical[best]),
        float(np.log1p(len(question.text.split()))),
        float(bool(question.history)),
    )
    return np.array(row, dtype=np.float64)
