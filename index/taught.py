"""The index that asks policies with example questions of their own, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.combined_scores import intent_share
from index.encoder import Vectors
from index.evidence import Evidence, Scores
from index.message_kinds import MessageKinds
from index.nearest import NearestVectors
from index.passages import Rows
from index.search import Index
from index.taught_policy import Examples, TaughtPolicy
from knowledge.bank import Intent
from knowledge.question import Question

LEAST = 1e-3  # a share below this says "not about this policy" no more clearly


@dataclass(frozen=True, slots=True)
class EvidenceWithTaught(Evidence):
    """`own` is what each taught policy finds by itself, by its name. `banked` marks its sentences,
    too, and `outside` is 0 for them; `outside_untaught` is what `outside` would be, had no policy
    been taught."""

    own: Mapping[str, Evidence] = field(default_factory=dict)
    outside_untaught: Scores = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


def outside_untaught(evidence: Evidence) -> Scores:
    """`outside` as if no policy were taught, shape (passages,)."""
    if isinstance(evidence, EvidenceWithTaught):
        return evidence.outside_untaught
    return evidence.outside


def is_taught(evidence: Evidence, policy: str) -> bool:
    return isinstance(evidence, EvidenceWithTaught) and policy in evidence.own


@dataclass(frozen=True)
class IndexWithTaught(Index):
    """What the question bank takes for a subject that it does not know is shared out among the
    taught policies, by how likely each takes the question to be its own; what none of them knows
    is left for the policies without any questions."""

    taught: tuple[TaughtPolicy, ...] = ()

    def evidence(self, question: Question, adapted: Vectors, general: Vectors) -> Evidence:
        evidence = super().evidence(question, adapted, general)
        found = {
            each.name: each.evidence(question, general)
            for each in self.taught
            if question.policy in ("", each.name)
        }
        return self._merged(evidence, found) if found else evidence

    def kinds_each(self, questions: Sequence[Question]) -> tuple[MessageKinds, ...]:
        return self.search_each(questions)  # a taught policy has a say in them

    @cached_property
    def rows(self) -> Mapping[str, Rows]:
        """The passages of each taught policy, in its order."""
        numbers = {each.name: self.policy_numbers[each.name] for each in self.taught}
        return {
            name: np.flatnonzero(self.places.policies == number) for name, number in numbers.items()
        }

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Shape (passages,): which stand in policies with a bank or with questions of their own."""
        known = self.banked.copy()
        for rows in self.rows.values():
            known[rows] = True
        return known

    @cached_property
    def named(self) -> Rows:
        # Not `super().named`: it would store its own value under the same name, and a second
        # thread could read that.
        return np.unique(np.concatenate([self.named_by_bank(), *self.rows.values()]))

    def _merged(self, evidence: Evidence, found: Mapping[str, Evidence]) -> EvidenceWithTaught:
        parts, known = _parts(found), self.known[evidence.rows]
        learned, echoed = evidence.learned.copy(), evidence.echoed.copy()
        near_misses = evidence.near_misses.copy()
        echoed_near_misses = evidence.echoed_near_misses.copy()
        # One factor for head and neighbours: the best clause of a policy stays the one that its
        # own confidence judges.
        unknown = intent_share(evidence, Intent.OFF_TOPIC)
        for name, own in found.items():
            rows, part = np.searchsorted(evidence.rows, self.rows[name]), parts[name]
            learned[rows] += unknown * part * own.learned
            echoed[rows] += unknown * part * own.echoed
            near_misses[rows] += unknown * part * own.near_misses
            echoed_near_misses[rows] += unknown * part * own.echoed_near_misses
        learned_kinds = {name: own.learned_kinds for name, own in found.items()}
        echoed_kinds = {name: own.echoed_kinds for name, own in found.items()}
        merged: dict[str, object] = {
            "learned": learned,
            "echoed": echoed,
            "near_misses": near_misses,
            "echoed_near_misses": echoed_near_misses,
            "learned_kinds": _kinds(evidence.learned_kinds, learned_kinds, parts),
            "echoed_kinds": _kinds(evidence.echoed_kinds, echoed_kinds, parts),
            "banked": known,
            "all_banked": bool(self.known.all()),
            "outside": np.where(known, np.float32(0), evidence.outside),
            "outside_untaught": evidence.outside,
            "own": found,
        }
        values = {each.name: getattr(evidence, each.name) for each in fields(evidence)}
        return EvidenceWithTaught(**values | merged)


def with_taught(index: Index, taught: Sequence[TaughtPolicy]) -> Index:
    if not taught:
        return index
    values = {each.name: getattr(index, each.name) for each in fields(index)}
    return IndexWithTaught(**values, taught=tuple(taught))


def with_neighbours(index: Index, examples: Examples) -> Index:
    """The index of the question bank with more questions about its policy. They count as
    neighbours at once; the head learns them when the bank itself is made anew. `examples` have
    vectors of the adapted encoder."""
    return replace(
        index,
        questions=(*index.questions, *examples.questions),
        targets=index.targets.followed_by(index.classes.targets(examples.questions)),
        question_vectors=NearestVectors.of(
            np.concatenate([index.question_vectors.vectors, examples.vectors])
        ),
    )


def _parts(found: Mapping[str, Evidence]) -> dict[str, float]:
    """By what each policy's own shares are multiplied. The probability that the question is about
    one of several policies follows from the odds that each gives; alone, a policy keeps its own."""
    off_topic = {name: intent_share(own, Intent.OFF_TOPIC) for name, own in found.items()}
    odds = {name: _odds(share) for name, share in off_topic.items()}
    total = 1 + sum(odds.values())
    return {name: odds[name] / total / max(LEAST, 1 - off_topic[name]) for name in found}


def _odds(off_topic: float) -> float:
    """Of "about this policy" to "not"."""
    share = min(max(off_topic, LEAST), 1 - LEAST)
    return (1 - share) / share


def _kinds(
    bank: Mapping[Intent, float],
    found: Mapping[str, Mapping[Intent, float]],
    parts: Mapping[str, float],
) -> dict[Intent, float]:
    """What the bank takes for an unknown subject, divided among the policies and "none"."""
    unknown, kinds = bank[Intent.OFF_TOPIC], dict(bank)
    claimed = sum(parts[name] * (1 - own[Intent.OFF_TOPIC]) for name, own in found.items())
    kinds[Intent.OFF_TOPIC] = unknown * max(0.0, 1 - claimed)
    for name, own in found.items():
        for kind in kinds.keys() - {Intent.OFF_TOPIC}:
            kinds[kind] += unknown * parts[name] * own[kind]
    return kinds
