"""How well a policy is taught: its questions, each answered by an index that has not seen it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from answer.correctness import answers
from answer.features import Features, features, rank
from index.evidence import Evidence
from index.taught_policy import TaughtPolicy
from knowledge.bank import BankQuestion, Intent

FOLDS = 5
BEST = 10
"""A question whose own sentence is not among so many best ones is shown for review."""
PARTS = (0.3, 0.5, 0.7)
"""That the examples may have in the choice of a sentence. Where each asks about another sentence a
small part is best: else the others win over a sentence without an example. See
benchmarks/README.md."""
PASSED = 0.01
"""Right answers first, as a share, that a larger part must win; a smaller difference is noise."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A question of the policy, as it would be answered had it not been an example itself.

    `place` is that of the best sentence that answers it, counted from 1; 0 for a near miss.
    `right`: the first clause answers it. `right_untaught`: so it was without any example.
    `confidence` is the probability that it is right, or none where there are too few questions to
    fit it. `row` holds the features that the confidence goes by.
    """

    question: BankQuestion
    place: int
    right: bool
    right_untaught: bool
    row: Features
    confidence: float | None = None

    @property
    def to_review(self) -> bool:
        return self.place > BEST


@dataclass(frozen=True, slots=True)
class TriedPolicy:
    taught: TaughtPolicy
    trials: tuple[Trial, ...]


def try_out(taught: TaughtPolicy) -> TriedPolicy:
    """Cross-validated: each fifth of the questions is answered by what the others teach. Gives the
    examples the part in the choice that is best so. Takes about a second for 100 questions."""
    found = list(_answered(taught))
    if not found:
        return TriedPolicy(replace(taught, learned=PARTS[0]), ())
    chosen = replace(taught, learned=_best_part(found))
    return TriedPolicy(chosen, tuple(_trial(chosen, *each) for each in found))


Answered = tuple[BankQuestion, TaughtPolicy, Evidence]


def _answered(taught: TaughtPolicy) -> Iterator[Answered]:
    """Each question with the evidence that an index without its fold finds."""
    folds = np.full(len(taught.index.questions), -1)
    folds[: taught.own] = [_fold(question) for question in taught.questions]
    for fold in range(FOLDS):
        rows = folds == fold
        if not rows.any():
            continue
        rest = taught.without(rows)
        for row in np.flatnonzero(rows):
            question, vector = taught.index.questions[row], taught.vectors[row]
            yield question, rest, rest.index.evidence(question.asked, vector, vector)


def _best_part(found: list[Answered]) -> float:
    shares = {part: _right(found, part) for part in PARTS}
    best = PARTS[0]
    for part, share in shares.items():
        if share > shares[best] + PASSED:
            best = part
    return best


def _right(found: list[Answered], part: float) -> float:
    """The share of the answerable questions whose first clause is right."""
    asked = [each for each in found if each[0].kind is Intent.ANSWERABLE]
    right = [
        answers(rank(replace(rest, learned=part).blended(evidence)).clauses[0], question)
        for question, rest, evidence in asked
    ]
    return float(np.mean(right)) if right else 0.0


def _trial(
    chosen: TaughtPolicy, question: BankQuestion, rest: TaughtPolicy, found: Evidence
) -> Trial:
    evidence = replace(rest, learned=chosen.learned).blended(found)
    untaught = replace(rest, learned=0.0).blended(found)
    ranking = rank(evidence)
    return Trial(
        question,
        _place(evidence, question),
        answers(ranking.clauses[0], question),
        answers(rank(untaught).clauses[0], question),
        features(question.asked, evidence, ranking),
    )


def _place(evidence: Evidence, question: BankQuestion) -> int:
    needed = {text for group in question.needed for text in group}
    scores = evidence.learned + evidence.echoed
    order = np.argsort(-scores, kind="stable")
    texts = (evidence.passages[row].sentence.text for row in order)
    return next((place for place, text in enumerate(texts, start=1) if text in needed), 0)


def _fold(question: BankQuestion) -> int:
    return crc32(question.asked.text.encode()) % FOLDS
