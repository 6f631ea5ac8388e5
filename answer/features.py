"""What a judgement goes by: evidence boiled down to a row of numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.combined_scores import combined_scores
from index.evidence import Evidence
from knowledge.bank import Intent
from knowledge.policy import Clause, Role
from knowledge.question import Question

Features = NDArray[np.float64]

NAMES = (
    "fused top clause",
    "learned top clause",
    "echoed top clause",
    "learned covered",
    "echoed covered",
    "margin to the second clause",
    "overlap of learned and echoed",
    "learned near miss",
    "echoed near miss",
    "near miss of the top clause",
    "nearest bank question",
    "nearest that the top clause answers",
    "nearest that no sentence answers",
    "likeness of the top sentence",
    "shared words",
    "number of words",
    "follow-up",
    "manager",
    "councillor",
)


@dataclass(frozen=True)
class Ranking:
    """Clauses, best first; `shares` is the fused share of 1 of each, `best` the row of its best
    sentence."""

    clauses: tuple[Clause, ...]
    shares: tuple[float, ...]
    best: tuple[int, ...]


def rank(evidence: Evidence) -> Ranking:
    scores = combined_scores(evidence)
    starts = _clause_starts(evidence)
    totals = np.add.reduceat(scores, starts)
    ends = [*starts[1:], len(scores)]
    order = np.argsort(-totals, kind="stable")
    return Ranking(
        tuple(evidence.passages[starts[place]].clause for place in order),
        tuple(float(totals[place]) for place in order),
        tuple(int(starts[p] + np.argmax(scores[starts[p] : ends[p]])) for p in order),
    )


def features(question: Question, evidence: Evidence, ranking: Ranking) -> Features:
    """Shape (len(NAMES),), in the order of NAMES."""
    top = ranking.clauses[0]
    inside = np.array([passage.clause is top for passage in evidence.passages])
    near_miss = evidence.near_misses
    answering, unanswered = _nearest(evidence, top)
    row = (
        _log_odds(ranking.shares[0]),
        _log_odds(evidence.learned[inside].sum()),
        _log_odds(evidence.echoed[inside].sum()),
        _log_odds(evidence.learned.sum()),
        _log_odds(evidence.echoed.sum()),
        _margin(ranking.shares),
        float(np.sqrt(evidence.learned * evidence.echoed).sum()),
        _log_odds(near_miss.sum() + evidence.learned_kinds[Intent.NEAR]),
        _log_odds(evidence.echoed_kinds[Intent.NEAR]),
        _log_odds(near_miss[inside].sum()),
        max((n.similarity for n in evidence.neighbours), default=0.0),
        answering,
        unanswered,
        float(evidence.similarity[ranking.best[0]]),
        float(evidence.lexical[ranking.best[0]]),
        float(np.log1p(len(question.text.split()))),
        float(bool(question.history)),
        float(question.role is Role.MANAGER),
        float(question.role is Role.COUNCILLOR),
    )
    return np.array(row, dtype=np.float64)


def _margin(shares: tuple[float, ...]) -> float:
    second = shares[1] if len(shares) > 1 else 0.0
    return float(np.log((shares[0] + 1e-3) / (second + 1e-3)))


def _log_odds(share: float | np.floating) -> float:
    bounded = float(np.clip(share, 1e-4, 1 - 1e-4))
    return float(np.log(bounded / (1 - bounded)))


def _clause_starts(evidence: Evidence) -> list[int]:
    """The row at which each clause's sentences begin: they stand together, in order."""
    clauses = [passage.clause for passage in evidence.passages]
    return [row for row, clause in enumerate(clauses) if row == 0 or clause is not clauses[row - 1]]


def _nearest(evidence: Evidence, clause: Clause) -> tuple[float, float]:
    """Similarity of the nearest bank question that the clause answers, and of the nearest that
    nothing answers; 0 where the neighbourhood has none."""
    texts = {sentence.text for sentence in clause.sentences}
    answering = unanswered = 0.0
    for neighbour in evidence.neighbours:
        if neighbour.question.kind is not Intent.ANSWERABLE:
            unanswered = max(unanswered, neighbour.similarity)
        elif any(text in texts for group in neighbour.question.needed for text in group):
            answering = max(answering, neighbour.similarity)
    return answering, unanswered
