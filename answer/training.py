"""Adapting the encoder to the question bank, and fitting how far its answers can be trusted.

Encoder, head and neighbours learn from the bank's teaching questions. The confidence model is
fitted on the bank's traffic, which none of them has seen, as the finished encoder answers it. For
policies without a bank it is fitted on other policies that have questions of their own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.artifacts import ADAPTER, BANKED, ELSEWHERE
from answer.calibration import fit_confidence_model
from answer.confidence import ConfidenceModel
from answer.correctness import answers
from answer.features import features
from answer.reading import Reader, Reading
from answer.sensitive import disclosure
from index import adapter
from index.build import Progress, index_of
from index.classes import Classes
from index.learning import Recipe, adapt
from index.minilm import MiniLm
from index.passages import passages_of
from index.query_text import query_text
from index.search import Index
from knowledge.bank import Bank, BankQuestion, Intent, read_questions, tie_to
from knowledge.documents.files import read_policies
from knowledge.policy import Policy, sentences_of

# Other policies on which a policy without a bank is calibrated. Each takes most of a minute, and
# more of them move the thresholds little.
MOST_ELSEWHERE = 10


@dataclass(frozen=True)
class HeldOut:
    """Questions as answered by an encoder that has not seen them. `rows` has shape (questions,
    features); `right` says whether the best clause was one that is needed, `decided` whether the
    confidence decides about showing it, rather than a step before it."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    decided: NDArray[np.bool_]


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


def read_elsewhere(folder: Path) -> tuple[Elsewhere, ...]:
    """The policies of the folder, each with the questions in NAME.questions.jsonl beside it.
    Raises BadInput."""
    return tuple(
        Elsewhere(policy, tuple(read_questions(folder / f"{policy.name}.questions.jsonl", {})))
        for policy in read_policies(folder)
    )


def adapt_encoder(model: str, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write the adapter into `folder`. Takes about 30 minutes on two cores."""
    folder.mkdir(parents=True, exist_ok=True)
    classes = Classes(tuple(p.sentence.text for p in passages_of(lessons.policies)))
    questions = lessons.bank.questions
    task = f"Learning from {len(questions)} questions"
    encoder = MiniLm(model)
    changes = adapt(
        encoder,
        [query_text(question.asked) for question in questions],
        classes.targets(questions),
        Recipe(),
        lambda done, of: progress(task, done, of),
    )
    adapter.write(folder / ADAPTER, changes, encoder.weights)


def calibrate(index: Index, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write both confidence models into `folder`. Takes about five minutes on two cores."""
    _fit([measure(index, lessons.bank.traffic)]).write(folder / BANKED)
    _fit(list(_measure_elsewhere(index, lessons, progress))).write(folder / ELSEWHERE)


def measure(index: Index, questions: Sequence[BankQuestion]) -> HeldOut:
    readings = [Reader(index).read(question.asked) for question in questions]
    return HeldOut(
        np.array([features(each.question, each.evidence, each.ranking) for each in readings]),
        np.array(
            [
                answers(reading.ranking.clauses[0], question)
                for reading, question in zip(readings, questions, strict=True)
            ]
        ),
        np.array(
            [
                _is_decided(index, reading, question)
                for reading, question in zip(readings, questions, strict=True)
            ]
        ),
    )


def _is_decided(index: Index, reading: Reading, question: BankQuestion) -> bool:
    if reading.intent is not Intent.ANSWERABLE or reading.is_fragment:
        return False
    return disclosure(index, question.asked, reading.alone) is None


def _fit(parts: Sequence[HeldOut]) -> ConfidenceModel:
    return fit_confidence_model(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.right for part in parts]),
        np.concatenate([part.decided for part in parts]),
    )


def _measure_elsewhere(index: Index, lessons: Lessons, progress: Progress) -> Iterator[HeldOut]:
    """Each of the other policies as it is answered where the bank is about none of them."""
    vectors = index.question_vectors.vectors
    every = max(1, ceil(len(lessons.elsewhere) / MOST_ELSEWHERE))
    others = lessons.elsewhere[::every]
    for done, other in enumerate(others, start=1):
        known = tie_to(lessons.bank.questions, sentences_of([other.policy]))
        beside = index_of(index.encoders, [other.policy], known, progress, vectors)
        yield measure(beside, other.questions)
        progress("Measuring other policies", done, len(others))
