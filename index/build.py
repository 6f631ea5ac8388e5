"""Making the index from policies and question bank, or reading it if it was made before."""

import logging
from collections.abc import Callable, Sequence
from itertools import compress
from pathlib import Path

import numpy as np

from index import store
from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.lexical import LexicalSearch
from index.nearest import NearestVectors
from index.passages import Passage, banked, passages_of
from index.reading import as_text
from index.search import Encoders, Index
from knowledge.bank import Bank
from knowledge.policy import Policy

CHUNK = 256  # texts between two reports of progress

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""

log = logging.getLogger(__name__)


def open_index(
    encoders: Encoders, policies: Sequence[Policy], bank: Bank, folder: Path, progress: Progress
) -> Index:
    """The index of exactly these ingredients, built if `folder` has no whole one.

    Raises OSError when it must be built and cannot be written.
    """
    name = store.fingerprint(encoders.identity, policies, bank.questions)
    stored = store.read(folder, name)
    if stored is None:
        stored = _build(encoders, policies, bank, progress)
        store.write(folder, name, stored)
    return _index(encoders, policies, bank, stored)


def index_of(
    encoders: Encoders, policies: Sequence[Policy], bank: Bank, progress: Progress
) -> Index:
    """The index without a folder to keep it in."""
    return _index(encoders, policies, bank, _build(encoders, policies, bank, progress))


def _build(
    encoders: Encoders, policies: Sequence[Policy], bank: Bank, progress: Progress
) -> store.Stored:
    from index.learning import fit_head  # noqa: PLC0415 - imports torch

    passages = passages_of(policies)
    texts = [as_text(question.asked) for question in bank.questions]
    questions = _encode(encoders.adapted, texts, "Reading the question bank", progress)
    targets = _classes(passages).targets(bank.questions)
    return store.Stored(
        question_vectors=NearestVectors.of(questions),
        sentence_vectors=_sentence_vectors(encoders, passages, bank, progress),
        prototypes=fit_head(questions, targets),
    )


def _index(
    encoders: Encoders, policies: Sequence[Policy], bank: Bank, stored: store.Stored
) -> Index:
    passages = passages_of(policies)
    classes = _classes(passages)
    return Index(
        encoders=encoders,
        passages=passages,
        questions=bank.questions,
        classes=classes,
        targets=classes.targets(bank.questions),
        prototypes=stored.prototypes,
        sentence_vectors=stored.sentence_vectors,
        question_vectors=stored.question_vectors,
        lexical=LexicalSearch([passage.in_context for passage in passages]),
    )


def _sentence_vectors(
    encoders: Encoders, passages: Sequence[Passage], bank: Bank, progress: Progress
) -> Vectors:
    """Each sentence by the encoder that will read the questions put to it."""
    task = "Reading the policies"
    inside = banked(passages, bank.questions)
    rows = np.empty((len(passages), encoders.adapted.dimension), dtype=np.float32)
    for encoder, chosen in ((encoders.adapted, inside), (encoders.general, ~inside)):
        texts = [passage.in_context for passage in compress(passages, chosen)]
        rows[chosen] = _encode(encoder, texts, task, progress)
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
