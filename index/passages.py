"""Every sentence of every policy, with the clause it is from: what the index searches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.bank import BankQuestion
from knowledge.policy import Clause, Policy, Sentence


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
