"""What the confidence goes by: the evidence for a question as a row of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.scope import conflict, scope_asked, scope_of_rule
from index.combined_scores import combined_scores, known_scores, outside_scores
from index.evidence import Evidence
from knowledge.bank import Intent
from knowledge.policy import Clause, Role
from knowledge.question import Question

Features = NDArray[np.float64]

NAMES = (
    "combined share of the top clause",
    "head's share of the top clause",
    "neighbours' share of the top clause",
    "head's share of all clauses",
    "neighbours' share of all clauses",
    "margin to the second clause",
    "overlap of head and neighbours",
    "head's share of near misses",
    "neighbours' share of near misses",
    "head's share of near misses of the top clause",
    "neighbours' share of near misses of the top clause",
    "similarity of the nearest bank question",
    "similarity of the nearest that the top clause answers",
    "similarity of the nearest that no sentence answers",
    "similarity of the top sentence",
    "words shared with the top sentence",
    "second clause answers with the top one",
    "rule of another scope",
    "number of words",
    "follow-up",
    "manager",
    "councillor",
)

MOST_RANKED = 40


@dataclass(frozen=True)
class Ranking:
    """The best MOST_RANKED clauses, best first; `shares` is the combined share of 1 of each, `best`
    the row of its best sentence."""

    clauses: tuple[Clause, ...]
    shares: tuple[float, ...]
    best: tuple[int, ...]


def rank(evidence: Evidence) -> Ranking:
    scores = combined_scores(evidence)
    starts = evidence.places.clause_starts
    # Outside the bank the best sentence counts: in a sum, long clauses win by their length.
    totals = np.add.reduceat(known_scores(evidence), starts)
    totals += np.maximum.reduceat(outside_scores(evidence), starts)
    ends = [*starts[1:], len(scores)]
    order = np.argsort(-totals, kind="stable")[:MOST_RANKED]
    return Ranking(
        tuple(evidence.passages[starts[place]].clause for place in order),
        tuple(float(totals[place]) for place in order),
        tuple(int(starts[p] + np.argmax(scores[starts[p] : ends[p]])) for p in order),
    )


def features(question: Question, evidence: Evidence, ranking: Ranking) -> Features:
    """Shape (len(NAMES),), in the order of NAMES."""
    row = (
        *_of_shares(evidence, ranking),
        *_of_near_misses(evidence, ranking),
        *_of_neighbours(evidence, ranking),
        float(evidence.similarity[ranking.best[0]]),
        float(evidence.lexical[ranking.best[0]]),
        _answered_together(evidence, ranking),
        float(is_of_another_scope(question, evidence, ranking.best[0])),
        float(np.log1p(len(question.text.split()))),
        float(bool(question.history)),
        float(question.role is Role.MANAGER),
        float(question.role is Role.COUNCILLOR),
    )
    return np.array(row, dtype=np.float64)


def _of_shares(evidence: Evidence, ranking: Ranking) -> tuple[float, ...]:
    inside = evidence.places.same_clause(ranking.best[0])
    return (
        log_odds(ranking.shares[0]),
        log_odds(evidence.learned[inside].sum()),
        log_odds(evidence.echoed[inside].sum()),
        log_odds(evidence.learned.sum()),
        log_odds(evidence.echoed.sum()),
        clause_margin(ranking.shares, 1),
        float(np.sqrt(evidence.learned * evidence.echoed).sum()),
    )


def _of_near_misses(evidence: Evidence, ranking: Ranking) -> tuple[float, ...]:
    inside = evidence.places.same_clause(ranking.best[0])
    learned, echoed = evidence.near_misses, evidence.echoed_near_misses
    return (
        log_odds(learned.sum() + evidence.learned_kinds[Intent.NEAR]),
        log_odds(echoed.sum() + evidence.echoed_kinds[Intent.NEAR]),
        log_odds(learned[inside].sum()),
        log_odds(echoed[inside].sum()),
    )


def _of_neighbours(evidence: Evidence, ranking: Ranking) -> tuple[float, float, float]:
    """Similarities of the nearest bank question, of the nearest that the top clause answers, and
    of the nearest that nothing answers; 0 where the neighbourhood has none."""
    texts = _texts(ranking.clauses[0])
    nearest = answering = unanswered = 0.0
    for neighbour in evidence.neighbours:
        nearest = max(nearest, neighbour.similarity)
        if neighbour.question.kind is not Intent.ANSWERABLE:
            unanswered = max(unanswered, neighbour.similarity)
        elif neighbour.answered_by(texts):
            answering = max(answering, neighbour.similarity)
    return nearest, answering, unanswered


def _answered_together(evidence: Evidence, ranking: Ranking) -> float:
    """Share of 1 of the neighbours answered by the top clause that the second clause answers too:
    the two agree or complete each other, so that either may come first."""
    if len(ranking.clauses) < 2:
        return 0.0
    first, second = map(_texts, ranking.clauses[:2])
    by_first = [near for near in evidence.neighbours if near.answered_by(first)]
    by_both = [near for near in by_first if near.answered_by(second)]
    return len(by_both) / len(by_first) if by_first else 0.0


def is_of_another_scope(question: Question, evidence: Evidence, row: int) -> bool:
    """Whether the question is about private use and the rule about official accounts, or the
    like."""
    text = " ".join([*question.history[-1:], question.text])
    return conflict(scope_asked(text), scope_of_rule(evidence.passages[row]))


def _texts(clause: Clause) -> frozenset[str]:
    return frozenset(sentence.text for sentence in clause.sentences)


def clause_margin(shares: Sequence[float], place: int) -> float:
    """Log ratio of the first clause's share to that of the clause in this place, counted from 0."""
    other = shares[place] if len(shares) > place else 0.0
    return float(np.log((shares[0] + 1e-3) / (other + 1e-3)))


def log_odds(share: float | np.floating) -> float:
    """Bounded, so that a share of 0 or 1 stays finite."""
    bounded = float(np.clip(share, 1e-4, 1 - 1e-4))
    return float(np.log(bounded / (1 - bounded)))
