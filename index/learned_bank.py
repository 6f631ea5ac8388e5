"""What is learned from the question bank, kept on disk: it does not change with the policies that
the bank is not about."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import store
from index.classes import Classes
from index.encoder import Encoder, Vectors
from index.encoding import Progress, encode
from index.head import Head, fit_head
from index.nearest import HalfVectors
from index.query_text import query_text
from index.targets import Targets
from knowledge.bank import Bank, BankQuestion

READING = "Reading the question bank"
QUESTIONS = "questions.npy"
HEAD_COLUMNS, PROTOTYPES = "head-columns.npy", "prototypes.npy"
STARTS, COLUMNS, SHARES = "starts.npy", "columns.npy", "shares.npy"


@dataclass(frozen=True, slots=True)
class IndexPaths:
    """`built`: where the index is kept. `shipped`: where the question bank's vectors lie that came
    with the program; they serve for the bank and the encoder that they were made of."""

    built: Path
    shipped: Path

    @property
    def sentences(self) -> Path:
        """Where the vectors of each policy are kept."""
        return self.built.with_name("sentences")


@dataclass(frozen=True)
class LearnedBank:
    """`vectors` and `targets` have a row a question."""

    vectors: Vectors | HalfVectors
    head: Head
    targets: Targets


def learned_bank(
    encoder: Encoder, bank: Bank, classes: Classes, places: IndexPaths, progress: Progress
) -> LearnedBank:
    """Read, or learned if it was not before. `classes` are those of the bank's sentences. Raises
    OSError where it must be learned and cannot be written."""
    vectors = bank_vectors(encoder, bank, places, progress)
    made_from = store.fingerprint(encoder.identity, *classes.sentences, *bank.questions)
    arrays = store.read(places.built, f"head-{made_from}")
    if arrays:
        head = Head(arrays[HEAD_COLUMNS], arrays[PROTOTYPES])
        return LearnedBank(vectors, head, Targets(arrays[STARTS], arrays[COLUMNS], arrays[SHARES]))
    learned = learn(bank, classes, vectors)
    arrays = {
        HEAD_COLUMNS: learned.head.columns,
        PROTOTYPES: learned.head.prototypes,
        STARTS: learned.targets.starts,
        COLUMNS: learned.targets.columns,
        SHARES: learned.targets.shares,
    }
    store.write(places.built, f"head-{made_from}", arrays)
    return learned


def learn(bank: Bank, classes: Classes, vectors: Vectors | HalfVectors) -> LearnedBank:
    """`vectors` are those of the bank's questions, shape (questions, d)."""
    targets = classes.targets(bank.questions)
    head = fit_head(vectors.astype(np.float32), targets, len(classes))
    return LearnedBank(vectors, head, targets)


def ship_questions(encoder: Encoder, bank: Bank, shipped: Path, progress: Progress) -> None:
    """Lay the vectors of the bank where they travel with the program. Does nothing if they are
    there."""
    name = _name(encoder, _texts(bank.questions))
    if store.read(shipped, name):
        return
    vectors = read_questions(encoder, bank, progress)
    shutil.rmtree(shipped, ignore_errors=True)
    store.write(shipped, name, {QUESTIONS: vectors})


def bank_vectors(
    encoder: Encoder, bank: Bank, places: IndexPaths, progress: Progress
) -> HalfVectors:
    """As `read_questions`, kept by themselves, since they take longest."""
    texts = _texts(bank.questions)
    found = _kept(encoder, texts, places)
    if found is None and bank.orphans:
        found = _of_the_whole_bank(encoder, bank, places)
    if found is None:
        found = read_questions(encoder, bank, progress)
        store.write(places.built, _name(encoder, texts), {QUESTIONS: found})
    return found


def _of_the_whole_bank(encoder: Encoder, bank: Bank, places: IndexPaths) -> HalfVectors | None:
    """Of a bank that lost some questions, from what is kept of it with them."""
    whole = _texts(bank.whole)
    vectors = _kept(encoder, whole, places)
    if vectors is None:
        return None
    rows = {text: row for row, text in enumerate(whole)}
    return np.asarray(vectors[[rows[text] for text in _texts(bank.questions)]])


def _kept(encoder: Encoder, texts: Sequence[str], places: IndexPaths) -> HalfVectors | None:
    """The vectors of exactly these texts; None where there are none on disk."""
    name = _name(encoder, texts)
    arrays = store.read(places.built, name) or store.read(places.shipped, name)
    return np.asarray(arrays[QUESTIONS], dtype=np.float16) if arrays else None


def read_questions(encoder: Encoder, bank: Bank, progress: Progress) -> HalfVectors:
    """The vectors of the bank's questions, shape (questions, d). Half precision takes half the
    space and a third of the time to search."""
    return encode(encoder, _texts(bank.questions), READING, progress).astype(np.float16)


def _name(encoder: Encoder, texts: Sequence[str]) -> str:
    return f"questions-{store.fingerprint(encoder.identity, *texts)}"


def _texts(questions: Sequence[BankQuestion]) -> list[str]:
    return [query_text(question.asked) for question in questions]
