"""Adapting the encoder to the question bank and fitting the judgement, from scratch.

The judgement is fitted on questions that the encoder answering them has not seen: all ordinary
traffic and a tenth of the rest, held out of a first adaptation. A second one learns from all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answer.artifacts import ADAPTER, ELSEWHERE, JUDGEMENT, encoder, read_encoders
from answer.calibration import fit_confidence_model
from answer.correctness import answers
from answer.features import features, rank
from index import adapter
from index.build import Progress, index_of
from index.classes import Classes
from index.encoder import Encoder
from index.learning import Recipe, adapt
from index.model_files import model_files
from index.passages import passages_of
from index.query_text import query_text
from index.search import Encoders, Index
from index.sentence_transformer import SentenceTransformerEncoder
from knowledge.bank import Bank, BankQuestion, read_questions, tie_to
from knowledge.documents.files import read_policies
from knowledge.policy import Policy, sentences_of


@dataclass(frozen=True)
class HeldOut:
    """Bank questions as answered by an encoder that has not seen them. `rows` has shape
    (questions, signals); `right` says whether the top clause was one that is needed."""

    questions: tuple[BankQuestion, ...]
    rows: NDArray[np.float64]
    right: NDArray[np.bool_]

    @property
    def traffic(self) -> NDArray[np.bool_]:
        return np.array([question.traffic for question in self.questions])


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


def train(model: str, lessons: Lessons, folder: Path, progress: Progress) -> None:
    """Write the adapter and both judgements into `folder`. Takes about 40 minutes on two cores."""
    folder.mkdir(parents=True, exist_ok=True)
    policies, questions = lessons.policies, lessons.bank.questions
    held = tuple(question for question in questions if _is_held_out(question))
    rest = tuple(question for question in questions if not _is_held_out(question))
    with TemporaryDirectory() as beside:
        held_back = _adapted(model, policies, rest, Path(beside) / ADAPTER, progress)
        index = index_of(Encoders(held_back, held_back), policies, Bank(rest), progress)
        known = answer_held_out(index, held)
    fit_confidence_model(known.rows, known.right, known.traffic).write(folder / JUDGEMENT)
    _adapted(model, policies, questions, folder / ADAPTER, progress)
    encoders = read_encoders(folder, model)
    parts = [_answer_elsewhere(encoders, lessons.bank, one, progress) for one in lessons.elsewhere]
    rows, right = np.concatenate([p.rows for p in parts]), np.concatenate([p.right for p in parts])
    fit_confidence_model(rows, right, np.ones_like(right)).write(folder / ELSEWHERE)


def _answer_elsewhere(
    encoders: Encoders, bank: Bank, other: Elsewhere, progress: Progress
) -> HeldOut:
    known = tie_to(bank.questions, sentences_of([other.policy]))
    index = index_of(encoders, [other.policy], known, progress)
    return answer_held_out(index, other.questions)


def answer_held_out(index: Index, questions: tuple[BankQuestion, ...]) -> HeldOut:
    rows, right = [], []
    for question in questions:
        evidence = index.search(question.asked)
        ranking = rank(evidence)
        rows.append(features(question.asked, evidence, ranking))
        right.append(answers(ranking.clauses[0], question))
    return HeldOut(questions, np.array(rows), np.array(right))


def _adapted(
    model: str,
    policies: Sequence[Policy],
    questions: Sequence[BankQuestion],
    path: Path,
    progress: Progress,
) -> Encoder:
    classes = Classes(tuple(passage.sentence.text for passage in passages_of(policies)))
    texts = [query_text(question.asked) for question in questions]
    task = f"Learning from {len(questions)} questions"
    files = model_files(model)
    changes = adapt(
        SentenceTransformerEncoder(files),
        texts,
        classes.targets(questions),
        Recipe(),
        lambda done, of: progress(task, done, of),
    )
    adapter.write(path, changes, files.weights)
    return encoder(replace(files, adapter=path))


def _is_held_out(question: BankQuestion) -> bool:
    # Both questions of one situation, "c1-010a" and "c1-010b", or neither.
    return question.traffic or crc32(question.id.rstrip("ab").encode()) % 10 == 0
