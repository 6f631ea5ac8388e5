"""Making the index from policies and question bank, or reading it if it was made before."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path

import numpy as np

from index import store
from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.head import fit_head
from index.lexical import LexicalSearch
from index.nearest import NearestVectors
from index.passages import Passage, banked, passages_of
from index.query_text import query_text
from index.search import Encoders, Index
from knowledge.bank import Bank
from knowledge.policy import Policy

BANK, POLICIES = "Reading the question bank", "Reading the policies"
QUESTIONS, SENTENCES, PROTOTYPES = "questions.npy", "sentences.npy", "prototypes.npy"
CHUNK = 256  # texts between two reports of progress

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


@dataclass(frozen=True, slots=True)
class IndexPaths:
    """`built`: where the index is kept. `shipped`: where the question bank's vectors lie that came
    with the program; they serve for the bank and the encoder that they were made of."""

    built: Path
    shipped: Path


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
    name = store.fingerprint(encoders.identity, *policies, *bank.questions)
    arrays = store.read(places.built, name)
    questions = bank_vectors(encoders.adapted, bank, places, progress)
    if not arrays:
        arrays = _build(encoders, policies, bank, questions, progress)
        store.write(places.built, name, arrays)
    return _index(encoders, policies, bank, questions, arrays)


def index_of(
    encoders: Encoders,
    policies: Sequence[Policy],
    bank: Bank,
    progress: Progress,
    vectors: Vectors | None = None,
) -> Index:
    """The index without a folder to keep it in. `vectors` are those of the bank's questions, shape
    (questions, d), if they were made before."""
    questions = (
        _encode(encoders.adapted, _texts(bank), BANK, progress) if vectors is None else vectors
    )
    arrays = _build(encoders, policies, bank, questions, progress)
    return _index(encoders, policies, bank, questions, arrays)


def ship_questions(encoder: Encoder, bank: Bank, shipped: Path, progress: Progress) -> None:
    """Lay the vectors of the bank where they travel with the program, at half their size. Does
    nothing if they are there."""
    name = _name(encoder, _texts(bank))
    if store.read(shipped, name):
        return
    vectors = _encode(encoder, _texts(bank), BANK, progress)
    shutil.rmtree(shipped, ignore_errors=True)
    store.write(shipped, name, {QUESTIONS: vectors.astype(np.float16)})


def bank_vectors(encoder: Encoder, bank: Bank, places: IndexPaths, progress: Progress) -> Vectors:
    """The vectors of the bank's questions, shape (questions, d). They are kept by themselves, since
    they take longest and do not change with the policies."""
    texts = _texts(bank)
    found = _kept(encoder, texts, places)
    if found is None and bank.orphans:
        found = _of_the_whole_bank(encoder, bank, places)
    if found is None:
        found = _encode(encoder, texts, BANK, progress)
        store.write(places.built, _name(encoder, texts), {QUESTIONS: found})
    return found


def _of_the_whole_bank(encoder: Encoder, bank: Bank, places: IndexPaths) -> Vectors | None:
    """Of a bank that lost some questions, from what is kept of it with them."""
    whole = [query_text(question.asked) for question in bank.whole]
    vectors = _kept(encoder, whole, places)
    if vectors is None:
        return None
    rows = {text: row for row, text in enumerate(whole)}
    return np.asarray(vectors[[rows[text] for text in _texts(bank)]])


def _kept(encoder: Encoder, texts: Sequence[str], places: IndexPaths) -> Vectors | None:
    """The vectors of exactly these texts; None where there are none on disk."""
    name = _name(encoder, texts)
    arrays = store.read(places.built, name) or store.read(places.shipped, name)
    return arrays[QUESTIONS].astype(np.float32) if arrays else None


def _name(encoder: Encoder, texts: Sequence[str]) -> str:
    return f"questions-{store.fingerprint(encoder.identity, *texts)}"


def _texts(bank: Bank) -> list[str]:
    return [query_text(question.asked) for question in bank.questions]


def _build(
    encoders: Encoders,
    policies: Sequence[Policy],
    bank: Bank,
    questions: Vectors,
    progress: Progress,
) -> dict[str, Vectors]:
    passages = passages_of(policies)
    targets = _classes(passages).targets(bank.questions)
    return {
        SENTENCES: _sentence_vectors(encoders, passages, bank, progress),
        PROTOTYPES: fit_head(questions, targets),
    }


def _index(
    encoders: Encoders,
    policies: Sequence[Policy],
    bank: Bank,
    questions: Vectors,
    arrays: Mapping[str, Vectors],
) -> Index:
    passages = passages_of(policies)
    classes = _classes(passages)
    return Index(
        encoders=encoders,
        passages=passages,
        questions=bank.questions,
        classes=classes,
        targets=classes.targets(bank.questions),
        prototypes=arrays[PROTOTYPES],
        sentence_vectors=arrays[SENTENCES],
        question_vectors=NearestVectors.of(questions),
        lexical=LexicalSearch([passage.in_context for passage in passages]),
    )


def _sentence_vectors(
    encoders: Encoders, passages: Sequence[Passage], bank: Bank, progress: Progress
) -> Vectors:
    """Each sentence by the encoder that will read the questions put to it."""
    inside = banked(passages, bank.questions)
    rows = np.empty((len(passages), encoders.adapted.dimension), dtype=np.float32)
    for encoder, chosen in ((encoders.adapted, inside), (encoders.general, ~inside)):
        texts = [passage.in_context for passage in compress(passages, chosen)]
        rows[chosen] = _encode(encoder, texts, POLICIES, progress)
    return rows


def _encode(encoder: Encoder, texts: Sequence[str], task: str, progress: Progress) -> Vectors:
    rows = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    # Texts of like length together: the encoder pads each to the longest beside it.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(texts), CHUNK):
        places = order[start : start + CHUNK]
        rows[places] = encoder.encode([texts[place] for place in places])
        progress(task, start + len(places), len(texts))
    return rows


def _classes(passages: Sequence[Passage]) -> Classes:
    return Classes(tuple(passage.sentence.text for passage in passages))
