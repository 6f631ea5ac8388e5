"""The built index: from a question to the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.candidates import CandidateSearch
from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.evidence import Evidence, Neighbour, Scores
from index.head import Head
from index.lexical import LexicalSearch
from index.message_kinds import MessageKinds, by_kind, message_kinds
from index.nearest import Near, NearestVectors
from index.open_set import OpenSetSoftmax
from index.passages import Passage, Places, Rows, ascending, banked
from index.query_text import query_text
from index.sensitivity import SensitivityCheck
from index.targets import Columns, Targets, Weights
from knowledge.bank import BankQuestion, Intent
from knowledge.question import Question

NEIGHBOURS = 20
ByClass = tuple[Columns, Weights]
"""Classes and the share of each; one may come several times."""
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

    def kinds_each(self, questions: Sequence[Question]) -> tuple[MessageKinds, ...]:
        """What kind of message each is, without a look at the sentences."""
        texts = [query_text(question) for question in questions]
        adapted = self.encoders.adapted.encode(texts) if texts else ()
        return tuple(
            self._kinds(vector, self._learned(vector), self._echoed(self._neighbours(vector)))
            for vector in adapted
        )

    def evidence(self, question: Question, adapted: Vectors, general: Vectors) -> Evidence:
        """The same from the question's vectors, each of shape (d,)."""
        found = self._neighbours(adapted)
        by_head, by_neighbours = self._learned(adapted), self._echoed(found)
        kinds = self._kinds(adapted, by_head, by_neighbours)
        lexical = self.lexical.scores(question.text)
        rows = self._rows(question, general, lexical)
        lexical = lexical[rows]
        places, inside = self.places.chosen(rows), self.banked[rows]
        meant = self._meant(question, places)
        learned, near_misses = self._by_passage(*by_head, rows)
        echoed, echoed_near_misses = self._by_passage(*by_neighbours, rows)
        similarity = self._similarity(rows, inside, adapted, general)
        return Evidence(
            passages=self._passages(rows),
            rows=rows,
            places=places,
            learned=learned * meant,
            near_misses=near_misses,
            learned_kinds=kinds.learned_kinds,
            echoed=echoed * meant,
            echoed_near_misses=echoed_near_misses,
            echoed_kinds=kinds.echoed_kinds,
            needs=kinds.needs,
            neighbours=tuple(Neighbour(self.questions[n.row], n.similarity) for n in found),
            banked=inside,
            all_banked=self.all_banked,
            outside=self._outside(similarity + LEXICAL_WEIGHT * lexical, general, meant & ~inside),
            similarity=similarity,
            lexical=lexical,
            sensitivity=kinds.sensitivity,
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
        """The passages that example questions name, in ascending order: always candidates."""
        return self.named_by_bank()

    def named_by_bank(self) -> Rows:
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

    def _neighbours(self, adapted: Vectors) -> tuple[Near, ...]:
        return self.question_vectors.search(adapted, NEIGHBOURS)

    def _learned(self, adapted: Vectors) -> ByClass:
        """The share of each class by the head."""
        if not self.questions:
            return self._unknown
        return self.head.columns, self.head.probabilities(adapted)

    def _echoed(self, found: Sequence[Near]) -> ByClass:
        """What the nearest bank questions mean, the nearer the weightier; sums to 1."""
        if not self.questions:
            return self._unknown
        similarities = np.array([near.similarity for near in found], dtype=np.float32)
        weights = np.exp((similarities - 1.0) / TEMPERATURE)
        return self.targets.weighted([near.row for near in found], weights / weights.sum())

    @property
    def _unknown(self) -> ByClass:
        """What an empty bank says of every question: off topic."""
        return np.array([self.classes.kind_column(Intent.OFF_TOPIC)]), np.ones(1, dtype=np.float32)

    def _kinds(self, adapted: Vectors, by_head: ByClass, by_neighbours: ByClass) -> MessageKinds:
        first = 2 * len(self.class_rows)
        learned, echoed = by_kind(*by_head, first), by_kind(*by_neighbours, first)
        return message_kinds(learned, echoed, self._sensitivity(adapted))

    def _by_passage(self, columns: Columns, shares: Weights, rows: Rows) -> tuple[Scores, Scores]:
        """Of each of these passages, as the answer and as a near miss. Both have shape (rows,)."""
        places, count = np.searchsorted(rows, self.class_rows), len(self.class_rows)
        found = np.zeros((2, len(rows)), dtype=np.float32)
        for near, of in enumerate(found):
            chosen = (columns >= near * count) & (columns < (near + 1) * count)
            np.add.at(of, places[columns[chosen] - near * count], shares[chosen])
        return found[0], found[1]

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
