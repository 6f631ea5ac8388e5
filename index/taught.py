"""A policy with example questions of its own, and the index that asks such policies, too.

A taught policy has a head and neighbours of its own, made by the general encoder. Each of its
sentences is an example, too, so that a sentence which nobody has asked about yet can be found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.evidence import Evidence, Scores
from index.head import fit_head
from index.lexical import LexicalSearch
from index.nearest import NearestVectors
from index.passages import Passage, passages_of
from index.search import Encoders, Index
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy
from knowledge.question import Question

# As for policies without questions: see index/combined_scores.py.
SHARPNESS, LEXICAL_WEIGHT = 20.0, 0.02
# Another subject's question that is this near (cosine) to an example may be about this policy.
TOO_NEAR = 0.5
LEAST = 1e-3  # a share below this says "not about this policy" no more clearly


@dataclass(frozen=True)
class Examples:
    """Questions with their vectors by the general encoder, shape (questions, d)."""

    questions: tuple[BankQuestion, ...]
    vectors: Vectors


@dataclass(frozen=True)
class TaughtPolicy:
    """`index` knows this policy alone; the first `own` of its questions are the policy's, then come
    its sentences and questions of other subjects. `learned`, 0 to 1, is the part that the examples
    have in the choice of a sentence; the rest is the likeness of question and sentence."""

    index: Index
    vectors: Vectors
    own: int
    learned: float = 0.5

    @property
    def name(self) -> str:
        return self.index.passages[0].policy.name

    @property
    def questions(self) -> tuple[BankQuestion, ...]:
        return self.index.questions[: self.own]

    def evidence(self, question: Question, vector: Vectors) -> Evidence:
        """As if there were no other policy. `vector` is the question's, shape (d,)."""
        return self.blended(self.index.evidence(question, vector, vector))

    def blended(self, evidence: Evidence) -> Evidence:
        """`evidence` is the index's own."""
        alike = SHARPNESS * (evidence.similarity + LEXICAL_WEIGHT * evidence.lexical)
        powers = np.exp(alike - alike.max())
        likeness = powers / powers.sum()
        return replace(
            evidence,
            learned=self._with_likeness(evidence.learned, likeness),
            echoed=self._with_likeness(evidence.echoed, likeness),
        )

    def without(self, rows: NDArray[np.bool_]) -> "TaughtPolicy":
        """Taught with the other examples only. `rows` has shape (questions,)."""
        kept = ~rows
        vectors, targets = self.vectors[kept], self.index.targets[kept]
        index = replace(
            self.index,
            questions=tuple(np.array(self.index.questions, dtype=object)[kept]),
            targets=targets,
            prototypes=fit_head(vectors, targets),
            question_vectors=NearestVectors.of(vectors),
        )
        return replace(self, index=index, vectors=vectors, own=int(kept[: self.own].sum()))

    def _with_likeness(self, shares: Scores, likeness: Scores) -> Scores:
        """The examples decide how much goes to the sentences, both to which."""
        mixed = self.learned * shares + (1 - self.learned) * shares.sum() * likeness
        return np.asarray(mixed, dtype=np.float32)


def teach(encoder: Encoder, policy: Policy, own: Examples, others: Examples) -> TaughtPolicy:
    """`own` are the policy's questions, all of whose sentences it has; `others` are about other
    subjects."""
    passages = passages_of([policy])
    sentence_vectors = encoder.encode([passage.in_context for passage in passages])
    far = _far_from(own, others)
    questions = (*own.questions, *map(_as_question, passages), *far.questions)
    vectors = np.concatenate([own.vectors, sentence_vectors, far.vectors])
    classes = Classes(tuple(passage.sentence.text for passage in passages))
    targets = classes.targets(questions)
    index = Index(
        encoders=Encoders(encoder, encoder),
        passages=passages,
        questions=questions,
        classes=classes,
        targets=targets,
        prototypes=fit_head(vectors, targets),
        sentence_vectors=sentence_vectors,
        question_vectors=NearestVectors.of(vectors),
        lexical=LexicalSearch([passage.in_context for passage in passages]),
    )
    return TaughtPolicy(index, vectors, len(own.questions))


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

    @cached_property
    def rows(self) -> Mapping[str, NDArray[np.int_]]:
        """The passages of each taught policy, in its order."""
        names = np.array([passage.policy.name for passage in self.passages])
        return {each.name: np.flatnonzero(names == each.name) for each in self.taught}

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        known = self.banked.copy()
        for rows in self.rows.values():
            known[rows] = True
        return known

    def _merged(self, evidence: Evidence, found: Mapping[str, Evidence]) -> EvidenceWithTaught:
        parts = _parts(found)
        learned, echoed = evidence.learned.copy(), evidence.echoed.copy()
        near_misses = evidence.near_misses.copy()
        echoed_near_misses = evidence.echoed_near_misses.copy()
        by_head, by_neighbours = (
            each[Intent.OFF_TOPIC] for each in (evidence.learned_kinds, evidence.echoed_kinds)
        )
        for name, own in found.items():
            rows, part = self.rows[name], parts[name]
            learned[rows] += by_head * part * own.learned
            echoed[rows] += by_neighbours * part * own.echoed
            near_misses[rows] += by_head * part * own.near_misses
            echoed_near_misses[rows] += by_neighbours * part * own.echoed_near_misses
        learned_kinds = {name: own.learned_kinds for name, own in found.items()}
        echoed_kinds = {name: own.echoed_kinds for name, own in found.items()}
        merged: dict[str, object] = {
            "learned": learned,
            "echoed": echoed,
            "near_misses": near_misses,
            "echoed_near_misses": echoed_near_misses,
            "learned_kinds": _kinds(evidence.learned_kinds, learned_kinds, parts),
            "echoed_kinds": _kinds(evidence.echoed_kinds, echoed_kinds, parts),
            "banked": self.known,
            "outside": np.where(self.known, np.float32(0), evidence.outside),
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
        targets=np.concatenate([index.targets, index.classes.targets(examples.questions)]),
        question_vectors=NearestVectors.of(
            np.concatenate([index.question_vectors.vectors, examples.vectors])
        ),
    )


def _parts(found: Mapping[str, Evidence]) -> dict[str, float]:
    """By what each policy's own shares are multiplied. The probability that the question is about
    one of several policies follows from the odds that each gives; alone, a policy keeps its own."""
    off_topic = {name: _off_topic(own) for name, own in found.items()}
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


def _off_topic(evidence: Evidence) -> float:
    kind = Intent.OFF_TOPIC
    return (evidence.learned_kinds[kind] + evidence.echoed_kinds[kind]) / 2


def _as_question(passage: Passage) -> BankQuestion:
    """A sentence as an example of what it answers."""
    text = passage.sentence.text
    return BankQuestion("", Question(passage.in_context), Intent.ANSWERABLE, ((text,),))


def _far_from(own: Examples, others: Examples) -> Examples:
    """Those of the others that are not about the same as any of the policy's own."""
    if not len(own.vectors) or not len(others.vectors):
        return others
    far = (others.vectors @ own.vectors.T).max(axis=1) < TOO_NEAR
    questions = tuple(each for each, is_far in zip(others.questions, far, strict=True) if is_far)
    return Examples(questions, others.vectors[far])
