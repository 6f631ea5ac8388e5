"""Adapting the encoder to the question bank, and fitting how far its answers can be trusted.

Encoder, head and neighbours learn from the bank's teaching questions. The confidence model is
fitted on the bank's traffic, which none of them has seen, as the finished encoder answers it. For
policies without a bank it is fitted on other policies that have questions of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answer import features, outside_features
from answer.artifacts import ADAPTER, BANKED, ELSEWHERE, GENERAL, SENSITIVITY
from answer.assessment import confidence_features
from answer.calibration import (
    FEWEST_SHOWN_OUTSIDE,
    Measured,
    fit_confidence_model,
    fit_sensitivity_check,
)
from answer.correctness import answers
from answer.message_parts import pieces
from answer.reading import Reader, Reading
from answer.sensitive import disclosure
from index import adapter
from index.build import index_of
from index.classes import Classes
from index.encoder import Encoder
from index.encoding import Progress
from index.general_learning import GeneralRecipe, PolicyLesson, train_general
from index.learning import Recipe, adapt
from index.model_files import model_files
from index.open_set import open_set_targets
from index.passages import passages_of
from index.query_text import query_text
from index.search import Index
from index.sentence_transformer import SentenceTransformerEncoder
from knowledge.bank import Bank, BankQuestion, Intent, read_questions, tie_to
from knowledge.documents.files import read_policy
from knowledge.documents.formats import SUFFIXES
from knowledge.policy import Policy
from knowledge.question import Question

QUESTIONS = ".questions.jsonl"
HELD_OUT = "held_out.list"
"""In the folder of other policies: the names of those from which the general encoder has not
learned. They tell how well it does on a policy that it has never seen."""


@dataclass(frozen=True)
class Elsewhere:
    """A policy that the bank is not about, with questions of its own, to learn from how far a
    policy without a bank can be trusted."""

    policy: Policy
    questions: tuple[BankQuestion, ...]


@dataclass(frozen=True)
class Lessons:
    policies: tuple[Policy, ...]
    bank: Bank
    elsewhere: tuple[Elsewhere, ...]


def read_elsewhere(folder: Path, *, held_out: bool = True) -> tuple[Elsewhere, ...]:
    """The policies of the folder that HELD_OUT names, or all others that have questions, each with
    those in NAME.questions.jsonl beside it. Raises BadInput."""
    names = (folder / HELD_OUT).read_text(encoding="utf-8").split()
    paths = {path.stem: path for path in folder.iterdir() if path.suffix in SUFFIXES}
    if not held_out:
        asked = {path.name.removesuffix(QUESTIONS) for path in folder.glob(f"*{QUESTIONS}")}
        names = sorted(asked - {*names})
    return tuple(
        Elsewhere(
            read_policy(paths[name]),
            tuple(read_questions(folder / f"{name}{QUESTIONS}", {})),
        )
        for name in names
    )


def adapt_encoder(model: str, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write the adapter into `folder`. Takes about 30 minutes on two cores."""
    folder.mkdir(parents=True, exist_ok=True)
    classes = Classes(tuple(p.sentence.text for p in passages_of(lessons.policies)))
    questions = lessons.bank.questions
    task = f"Learning from {len(questions)} questions"
    files = model_files(model)
    changes = adapt(
        SentenceTransformerEncoder(files),
        [query_text(question.asked) for question in questions],
        classes.targets(questions).dense(np.arange(len(classes))),
        Recipe(),
        lambda done, of: progress(task, done, of),
    )
    adapter.write(folder / ADAPTER, changes, files.weights)


def adapt_general_encoder(
    model: str, others: Sequence[Elsewhere], folder: Path, progress: Progress
) -> None:
    """Write the general encoder into `folder`: `others` are the policies to learn from."""
    folder.mkdir(parents=True, exist_ok=True)
    task = f"Learning from {len(others)} policies"
    train_general(
        SentenceTransformerEncoder(model_files(model)),
        [_lesson(other) for other in others],
        GeneralRecipe(),
        folder / GENERAL,
        lambda done, of: progress(task, done, of),
    )


def _lesson(other: Elsewhere) -> PolicyLesson:
    passages = passages_of([other.policy])
    return PolicyLesson(
        tuple(passage.in_context for passage in passages),
        tuple(query_text(question.asked) for question in other.questions),
        open_set_targets(passages, other.questions),
    )


def check_sensitivity(
    encoder: Encoder, bank: Bank, others: Sequence[Elsewhere], folder: Path
) -> None:
    """Write the check of what the bank takes for sensitive into `folder`. It learns from the bank
    and from `others`, whose messages are taken apart as the bot does it. Takes minutes."""
    asked = [(q.asked, q.kind is Intent.SENSITIVE) for q in bank.questions]
    for other in others:
        for question in other.questions:
            sensitive = question.kind is Intent.SENSITIVE
            asked.append((question.asked, sensitive))
            # Which part of a sensitive message is the sensitive one is not known.
            parts = () if sensitive else pieces(question.asked.text)
            asked += [(Question(part, question.asked.role), False) for part in parts]
    vectors = encoder.encode([query_text(question) for question, _ in asked])
    is_sensitive = np.array([sensitive for _, sensitive in asked])
    fit_sensitivity_check(vectors, is_sensitive).write(folder / SENSITIVITY)


def calibrate(index: Index, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write both confidence models into `folder`. Takes about five minutes on two cores."""
    banked = measure(index, lessons.bank.traffic)
    fit_confidence_model(features.NAMES, banked).write(folder / BANKED)
    calibrate_elsewhere(index, lessons, folder, progress)


def calibrate_elsewhere(index: Index, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write the confidence model for policies without a bank into `folder`."""
    measured = together(tuple(_measure_elsewhere(index, lessons, progress)))
    model = fit_confidence_model(outside_features.NAMES, measured, FEWEST_SHOWN_OUTSIDE)
    model.write(folder / ELSEWHERE)


def measure(index: Index, questions: Sequence[BankQuestion], policy: int = 0) -> Measured:
    """`policy` is the number of the policy that the questions are about."""
    readings = [Reader(index).read(question.asked) for question in questions]
    pairs = list(zip(readings, questions, strict=True))
    return Measured(
        np.array([confidence_features(reading) for reading in readings]),
        np.array([answers(reading.ranking.clauses[0], question) for reading, question in pairs]),
        np.array([_is_decided(index, reading, question) for reading, question in pairs]),
        np.full(len(pairs), policy),
    )


def together(parts: Sequence[Measured]) -> Measured:
    return Measured(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.decided for part in parts]),
        np.concatenate([part.policies for part in parts]),
    )


def _is_decided(index: Index, reading: Reading, question: BankQuestion) -> bool:
    is_unclear = reading.is_fragment and not reading.leans_on_earlier
    if reading.intent is not Intent.ANSWERABLE or is_unclear:
        return False
    return disclosure(index, question.asked, reading.alone) is None


def _measure_elsewhere(index: Index, lessons: Lessons, progress: Progress) -> Iterator[Measured]:
    """Each of the other policies as it is answered where the bank is about none of them."""
    vectors = index.question_vectors.vectors
    bank = tie_to(lessons.bank.questions, frozenset())
    for done, other in enumerate(lessons.elsewhere, start=1):
        beside = index_of(index.encoders, [other.policy], bank, progress, vectors)
        yield measure(beside, other.questions, done)
        progress("Measuring other policies", done, len(lessons.elsewhere))
