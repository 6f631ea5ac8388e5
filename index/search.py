"""The built index: from a question to the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index import head
from index.classes import KINDS, UNANSWERED, Classes, Kind, Weights
from index.encoder import Encoder, Vectors
from index.evidence import Evidence, Neighbour, Scores
from index.lexical import LexicalSearch
from index.nearest import NearestVectors
from index.open_set import OpenSetSoftmax
from index.passages import Passage, banked
from index.query_text import query_text
from index.sensitivity import SensitivityCheck
from knowledge.bank import BankQuestion, Intent, Need, SmallTalk
from knowledge.question import Question

NEIGHBOURS = 20
# The nearest bank questions count with exp(similarity / TEMPERATURE); chosen on the traffic, see
# benchmarks/README.md.
TEMPERATURE = 0.05
# Of a BM25 score, in units of cosine. On policies without a bank it adds about 1.5 points to the
# right clause first: see "Policies without a question bank" in benchmarks/README.md.
LEXICAL_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Encoders:
    """`adapted` has learned the question bank. `general` has learned from many policies and reads
    those that the bank does not know; `open_set` was learned with it. `sensitivity` checks what the
    bank takes for sensitive there."""

    adapted: Encoder
    general: Encoder
    open_set: OpenSetSoftmax = field(default_factory=OpenSetSoftmax)
    sensitivity: SensitivityCheck | None = None

    @property
    def know_the_bank(self) -> bool:
        return self.adapted is not self.general

    @property
    def identity(self) -> str:
        return f"{self.adapted.identity} {self.general.identity}"


@dataclass(frozen=True)
class Index:
    """`targets` has a row a bank question, `sentence_vectors` a row a passage."""

    encoders: Encoders
    passages: tuple[Passage, ...]
    questions: tuple[BankQuestion, ...]
    classes: Classes
    targets: Weights
    prototypes: Vectors
    sentence_vectors: Vectors
    question_vectors: NearestVectors
    lexical: LexicalSearch

    def search(self, question: Question) -> Evidence:
        return self.search_each([question])[0]

    def search_each(self, questions: Sequence[Question]) -> tuple[Evidence, ...]:
        """As `search`, the encoder reading all of them at once."""
        texts = [query_text(question) for question in questions]
        if not texts:
            return ()
        adapted = self.encoders.adapted.encode(texts)
        general = adapted if self.banked.all() else self.encoders.general.encode(texts)
        return tuple(map(self.evidence, questions, adapted, general))

    def evidence(self, question: Question, adapted: Vectors, general: Vectors) -> Evidence:
        """The same from the question's vectors, each of shape (d,)."""
        found = self.question_vectors.search(adapted, NEIGHBOURS)
        learned, echoed = self._unknown, self._unknown
        if self.questions:
            learned = head.probabilities(self.prototypes, adapted[np.newaxis])[0]
            echoed = self._echo([near.row for near in found], [near.similarity for near in found])
        count, meant = len(self.passages), self._meant(question)
        similarity = np.where(
            self.banked, self.sentence_vectors @ adapted, self.sentence_vectors @ general
        )
        lexical = self.lexical.scores(question.text)
        return Evidence(
            passages=self.passages,
            learned=learned[:count] * meant,
            near_misses=learned[count : 2 * count],
            learned_kinds=_kinds(learned),
            echoed=echoed[:count] * meant,
            echoed_near_misses=echoed[count : 2 * count],
            echoed_kinds=_kinds(echoed),
            needs=_needs(np.asarray((learned + echoed) / 2, dtype=np.float32)),
            neighbours=tuple(Neighbour(self.questions[n.row], n.similarity) for n in found),
            banked=self.banked,
            outside=self._outside(similarity + LEXICAL_WEIGHT * lexical, general, meant),
            similarity=similarity,
            lexical=lexical,
            sensitivity=self._sensitivity(adapted),
        )

    def _sensitivity(self, adapted: Vectors) -> float:
        check = self.encoders.sensitivity
        return 1.0 if check is None or self.banked.all() else check.probability(adapted)

    def _meant(self, question: Question) -> NDArray[np.bool_]:
        """Shape (passages,): which stand in the policy that the question names, if it names one."""
        if not question.policy:
            return np.ones(len(self.passages), dtype=bool)
        return np.array([passage.policy.name == question.policy for passage in self.passages])

    def _outside(self, scores: Scores, general: Vectors, meant: NDArray[np.bool_]) -> Scores:
        """Zero for the sentences of policies that have a bank or are not meant."""
        outside = meant & ~self.banked
        shares = np.zeros_like(scores)
        shares[outside] = self.encoders.open_set.shares(scores[outside], general)
        return shares

    @cached_property
    def banked(self) -> NDArray[np.bool_]:
        return banked(self.passages, self.questions)

    @cached_property
    def _unknown(self) -> Scores:
        """What an empty bank says of every question: off topic."""
        shares = np.zeros(len(self.classes), dtype=np.float32)
        shares[self.classes.kind_column(Intent.OFF_TOPIC)] = 1.0
        return shares

    def _echo(self, rows: Sequence[int], similarities: Sequence[float]) -> Scores:
        """What the nearest bank questions mean, the nearer the weightier; sums to 1."""
        weights = np.exp((np.array(similarities, dtype=np.float32) - 1.0) / TEMPERATURE)
        return np.asarray(weights @ self.targets[list(rows)] / weights.sum(), dtype=np.float32)


def _kinds(shares: Scores) -> dict[Intent, float]:
    """The share of each intent, its needs included."""
    by_kind = _by_kind(shares)
    totals: dict[Intent, float] = {intent: by_kind[intent] for intent in UNANSWERED}
    totals[Intent.SENSITIVE] += sum(by_kind[need] for need in Need)
    totals[Intent.SMALL_TALK] += sum(by_kind[talk] for talk in SmallTalk)
    return totals


def _needs(shares: Scores) -> dict[Need | SmallTalk, float]:
    by_kind = _by_kind(shares)
    return {need: by_kind[need] for need in (*Need, *SmallTalk)}


def _by_kind(shares: Scores) -> dict[Kind, float]:
    return dict(zip(KINDS, map(float, shares[-len(KINDS) :]), strict=True))
