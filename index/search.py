"""The built index: from a question to the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.candidates import CandidateSearch
from index.classes import KINDS, UNANSWERED, Classes, Kind
from index.encoder import Encoder, Vectors
from index.evidence import Evidence, Neighbour, Scores
from index.head import Head
from index.lexical import LexicalSearch
from index.nearest import Near, NearestVectors
from index.open_set import OpenSetSoftmax
from index.passages import Passage, Places, Rows, ascending, banked
from index.query_text import query_text
from index.sensitivity import SensitivityCheck
from index.targets import Columns, Targets, Weights
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
    """`class_rows` says which passage each sentence of the classes is, `targets` has a row a bank
    question, `sentence_vectors` a row a passage. `candidates` is there where the passages are too
    many to look at each of them."""

    encoders: Encoders
    passages: tuple[Passage, ...]
    questions: tuple[BankQuestion, ...]
    classes: Classes
    class_rows: Rows
    targets: Targets
    head: Head
    sentence_vectors: Vectors
    question_vectors: NearestVectors
    lexical: LexicalSearch
    candidates: CandidateSearch | None = None

    def search(self, question: Question) -> Evidence:
        return self.search_each([question])[0]

    def search_each(self, questions: Sequence[Question]) -> tuple[Evidence, ...]:
        """As `search`, the encoder reading all of them at once."""
        texts = [query_text(question) for question in questions]
        if not texts:
            return ()
        adapted = self.encoders.adapted.encode(texts)
        general = adapted if self.all_banked else self.encoders.general.encode(texts)
        return tuple(map(self.evidence, questions, adapted, general))

    def evidence(self, question: Question, adapted: Vectors, general: Vectors) -> Evidence:
        """The same from the question's vectors, each of shape (d,)."""
        found = self.question_vectors.search(adapted, NEIGHBOURS)
        lexical = self.lexical.scores(question.text)
        rows = self._rows(question, general, lexical)
        count, lexical = len(rows), lexical[rows]
        places, inside = self.places.chosen(rows), self.banked[rows]
        meant = self._meant(question, places)
        learned = self._by_passage(*self._learned(adapted), rows)
        echoed = self._by_passage(*self._echoed(found), rows)
        similarity = self._similarity(rows, inside, adapted, general)
        return Evidence(
            passages=self._passages(rows),
            rows=rows,
            places=places,
            learned=learned[:count] * meant,
            near_misses=learned[count : 2 * count],
            learned_kinds=_kinds(learned),
            echoed=echoed[:count] * meant,
            echoed_near_misses=echoed[count : 2 * count],
            echoed_kinds=_kinds(echoed),
            needs=_needs(learned, echoed),
            neighbours=tuple(Neighbour(self.questions[n.row], n.similarity) for n in found),
            banked=inside,
            all_banked=self.all_banked,
            outside=self._outside(similarity + LEXICAL_WEIGHT * lexical, general, meant & ~inside),
            similarity=similarity,
            lexical=lexical,
            sensitivity=self._sensitivity(adapted),
        )

    @cached_property
    def banked(self) -> NDArray[np.bool_]:
        return banked(self.passages, self.questions)

    @cached_property
    def all_banked(self) -> bool:
        return bool(self.banked.all())

    @cached_property
    def places(self) -> Places:
        return Places.of(self.passages)

    @cached_property
    def named(self) -> Rows:
        """The passages that the bank's questions name, in ascending order: always candidates."""
        count = len(self.class_rows)
        columns = np.union1d(self.head.columns, self.targets.used)
        return np.unique(self.class_rows[columns[columns < 2 * count] % max(1, count)])

    @cached_property
    def _all(self) -> Rows:
        return np.arange(len(self.passages))

    @cached_property
    def policy_numbers(self) -> dict[str, int]:
        rows = np.unique(self.places.policies, return_index=True)[1]
        return {self.passages[row].policy.name: number for number, row in enumerate(rows)}

    def _rows(self, question: Question, general: Vectors, lexical: Scores) -> Rows:
        """The passages to be looked at, in ascending order."""
        if self.candidates is None:
            return self._all
        if question.policy:
            found = np.flatnonzero(self._meant(question, self.places))
        else:
            found = self.candidates.rows(general, lexical)
        return ascending(np.concatenate([self.named, found]))

    def _passages(self, rows: Rows) -> tuple[Passage, ...]:
        if rows is self._all:
            return self.passages
        return tuple(map(self.passages.__getitem__, rows.tolist()))

    def _meant(self, question: Question, places: Places) -> NDArray[np.bool_]:
        """Shape (passages,): which stand in the policy that the question names, if it names one."""
        if not question.policy:
            return np.ones(len(places.policies), dtype=bool)
        return np.asarray(places.policies == self.policy_numbers.get(question.policy, -1))

    def _learned(self, adapted: Vectors) -> tuple[Columns, Weights]:
        """The share of each class by the head."""
        if not self.questions:
            return self._unknown
        return self.head.columns, self.head.probabilities(adapted)

    def _echoed(self, found: Sequence[Near]) -> tuple[Columns, Weights]:
        """What the nearest bank questions mean, the nearer the weightier; sums to 1."""
        if not self.questions:
            return self._unknown
        similarities = np.array([near.similarity for near in found], dtype=np.float32)
        weights = np.exp((similarities - 1.0) / TEMPERATURE)
        return self.targets.weighted([near.row for near in found], weights / weights.sum())

    @property
    def _unknown(self) -> tuple[Columns, Weights]:
        """What an empty bank says of every question: off topic."""
        return np.array([self.classes.kind_column(Intent.OFF_TOPIC)]), np.ones(1, dtype=np.float32)

    def _by_passage(self, columns: Columns, shares: Weights, rows: Rows) -> Scores:
        """The shares of classes in the order of Classes, were these passages its sentences."""
        count = len(rows)
        at = np.searchsorted(rows, self.class_rows)
        places = np.concatenate([at, count + at, 2 * count + np.arange(len(KINDS))])
        ordered = np.zeros(2 * count + len(KINDS), dtype=np.float32)
        np.add.at(ordered, places[columns], shares)
        return ordered

    def _similarity(
        self, rows: Rows, inside: NDArray[np.bool_], adapted: Vectors, general: Vectors
    ) -> Scores:
        """Shape (rows,): each sentence by the encoder that has read it."""
        vectors = self.sentence_vectors if rows is self._all else self.sentence_vectors[rows]
        if self.all_banked:
            return np.asarray(vectors @ adapted, dtype=np.float32)
        similarity = vectors @ general
        similarity[inside] = vectors[inside] @ adapted
        return np.asarray(similarity, dtype=np.float32)

    def _outside(self, scores: Scores, general: Vectors, outside: NDArray[np.bool_]) -> Scores:
        """Zero for the sentences of policies that have a bank or are not meant."""
        shares = np.zeros_like(scores)
        shares[outside] = self.encoders.open_set.shares(scores[outside], general)
        return shares

    def _sensitivity(self, adapted: Vectors) -> float:
        check = self.encoders.sensitivity
        return 1.0 if check is None or self.all_banked else check.probability(adapted)


def _kinds(shares: Scores) -> dict[Intent, float]:
    """The share of each intent, its needs included."""
    by_kind = _by_kind(shares)
    totals: dict[Intent, float] = {intent: by_kind[intent] for intent in UNANSWERED}
    totals[Intent.SENSITIVE] += sum(by_kind[need] for need in Need)
    totals[Intent.SMALL_TALK] += sum(by_kind[talk] for talk in SmallTalk)
    return totals


def _needs(learned: Scores, echoed: Scores) -> dict[Need | SmallTalk, float]:
    ends = slice(-len(KINDS), None)
    by_kind = _by_kind(np.asarray((learned[ends] + echoed[ends]) / 2, dtype=np.float32))
    return {need: by_kind[need] for need in (*Need, *SmallTalk)}


def _by_kind(shares: Scores) -> dict[Kind, float]:
    return dict(zip(KINDS, map(float, shares[-len(KINDS) :]), strict=True))
