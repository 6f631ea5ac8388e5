"""Making the index from policies and question bank, or reading it if it was made before."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from index import store
from index.candidates import EXHAUSTIVE_UP_TO, CandidateSearch
from index.classes import Classes
from index.encoder import Vectors
from index.encoding import Progress
from index.learned_bank import IndexPaths, LearnedBank, learn, learned_bank, read_questions
from index.lexical import LexicalSearch
from index.nearest import HalfVectors, NearestVectors
from index.passages import Passage, Rows, banked, class_rows, passages_of
from index.search import Encoders, Index
from index.sentence_vectors import sentence_vectors
from knowledge.bank import Bank
from knowledge.policy import Policy

SENTENCES, CANDIDATES = "sentences.npy", "candidates.npy"


def open_index(
    encoders: Encoders,
    policies: Sequence[Policy],
    bank: Bank,
    places: IndexPaths,
    progress: Progress,
) -> Index:
    """The index of exactly these ingredients, built if there is no whole one.

    Raises OSError when it must be built and cannot be written.
    """
    passages = passages_of(policies)
    inside = banked(passages, bank.questions)
    rows = class_rows(passages, inside, bank.questions)
    learned = learned_bank(encoders.adapted, bank, _classes(passages, rows), places, progress)
    name = store.fingerprint(encoders.identity, *policies, inside.tobytes())
    arrays = store.read(places.built, name)
    if not arrays:
        vectors = sentence_vectors(encoders, passages, inside, places.sentences, progress)
        arrays = _searched(inside, vectors)
        store.write(places.built, name, arrays)
    return _index(encoders, passages, bank, learned, arrays)


def index_of(
    encoders: Encoders,
    policies: Sequence[Policy],
    bank: Bank,
    progress: Progress,
    vectors: Vectors | HalfVectors | None = None,
) -> Index:
    """The index without a folder to keep it in. `vectors` are those of the bank's questions, shape
    (questions, d), if they were made before."""
    passages = passages_of(policies)
    if vectors is None:
        vectors = read_questions(encoders.adapted, bank, progress)
    inside = banked(passages, bank.questions)
    rows = class_rows(passages, inside, bank.questions)
    with TemporaryDirectory() as folder:
        sentences = sentence_vectors(encoders, passages, inside, Path(folder), progress)
    learned = learn(bank, _classes(passages, rows), vectors)
    return _index(encoders, passages, bank, learned, _searched(inside, sentences))


def _searched(inside: NDArray[np.bool_], sentences: Vectors) -> store.Arrays:
    """The vectors of the sentences, and of very many the groups that they are searched in."""
    if len(sentences) <= EXHAUSTIVE_UP_TO or inside.all():
        return {SENTENCES: sentences}
    candidates = CandidateSearch.of(sentences, np.flatnonzero(~inside))
    return {SENTENCES: sentences, CANDIDATES: candidates.as_array()}


def _index(
    encoders: Encoders,
    passages: tuple[Passage, ...],
    bank: Bank,
    learned: LearnedBank,
    arrays: store.Arrays,
) -> Index:
    rows = class_rows(passages, banked(passages, bank.questions), bank.questions)
    candidates = arrays.get(CANDIDATES)
    return Index(
        encoders=encoders,
        passages=passages,
        questions=bank.questions,
        classes=_classes(passages, rows),
        class_rows=rows,
        targets=learned.targets,
        head=learned.head,
        sentence_vectors=arrays[SENTENCES],
        question_vectors=NearestVectors.of(learned.vectors),
        lexical=LexicalSearch(passage.in_context for passage in passages),
        candidates=None if candidates is None else CandidateSearch.read(candidates),
    )


def _classes(passages: Sequence[Passage], rows: Rows) -> Classes:
    return Classes(tuple(passages[row].sentence.text for row in rows))
