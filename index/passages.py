"""Every sentence of every policy, with the clause it is from: what the index searches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.bank import BankQuestion
from knowledge.policy import Clause, Policy, Sentence

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence where it stands."""

    policy: Policy
    clause: Clause
    sentence: Sentence

    @property
    def in_context(self) -> str:
        """The sentence with the title, heading and lead-in without which it may say little."""
        parts = (self.policy.title, self.clause.heading, self.sentence.lead_in, self.sentence.text)
        return " ".join(part for part in dict.fromkeys(parts) if part)


@dataclass(frozen=True)
class Places:
    """Which passages stand together. All have shape (passages,): `policies` numbers the policy of
    each passage, `clauses` its clause, both from 0 on in the order of the passages."""

    policies: Rows
    clauses: Rows

    @classmethod
    def of(cls, passages: Sequence[Passage]) -> "Places":
        policies: dict[str, int] = {}
        numbers = [policies.setdefault(each.policy.name, len(policies)) for each in passages]
        starts = [
            row == 0 or passage.clause is not passages[row - 1].clause
            for row, passage in enumerate(passages)
        ]
        return cls(np.array(numbers, dtype=np.int64), np.cumsum(starts, dtype=np.int64) - 1)

    def chosen(self, rows: Rows) -> "Places":
        """Of these passages only; the numbers stay."""
        return Places(self.policies[rows], self.clauses[rows])

    @property
    def clause_starts(self) -> Rows:
        """The row at which each clause's sentences begin: they stand together, in order."""
        return np.flatnonzero(np.diff(self.clauses, prepend=-1))

    def sums_by_policy(self, scores: NDArray[np.float32]) -> tuple[Rows, NDArray[np.float64]]:
        """For each policy the row of its first passage and the sum of its scores, which have shape
        (passages,)."""
        starts = np.flatnonzero(np.diff(self.policies, prepend=-1))
        return starts, np.add.reduceat(scores.astype(np.float64), starts)

    def same_clause(self, row: int) -> NDArray[np.bool_]:
        """Shape (passages,): which stand in the clause of this one."""
        return np.asarray(self.clauses == self.clauses[row])


def ascending(rows: Rows) -> Rows:
    """Each row once. Of a thousand rows NumPy's `unique` takes four times as long."""
    ordered = np.sort(rows)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def passages_of(policies: Sequence[Policy]) -> tuple[Passage, ...]:
    return tuple(
        Passage(policy, clause, sentence)
        for policy in policies
        for clause in policy.clauses
        for sentence in clause.sentences
    )


def banked(passages: Sequence[Passage], questions: Iterable[BankQuestion]) -> NDArray[np.bool_]:
    """Shape (passages,): which sentences stand in a policy that the question bank is about."""
    answering = {text for question in questions for group in question.needed for text in group}
    policies = {p.policy.name for p in passages if p.sentence.text in answering}
    return np.array([passage.policy.name in policies for passage in passages], dtype=bool)


def class_rows(
    passages: Sequence[Passage], inside: NDArray[np.bool_], questions: Iterable[BankQuestion]
) -> Rows:
    """The passages that questions may be tied to: those `inside` a policy that the bank is about,
    and what else its questions name. In ascending order."""
    named = {text for each in questions for text in (*each.fine, *each.closest)}
    beside = [passage.sentence.text in named for passage in passages]
    return np.flatnonzero(inside | np.array(beside, dtype=bool))
