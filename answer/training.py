"""Adapting the encoder to the question bank and fitting the judgement, from scratch.

The judgement is fitted on questions that the encoder answering them has not seen: all ordinary
traffic and a tenth of the rest, held out of a first adaptation. A second one learns from all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from answer.calibration import fit_judgement
from answer.correctness import answers
from answer.signals import rank, signals
from answer.trained import ADAPTER, JUDGEMENT
from index import adapter
from index.build import Progress, index_of
from index.classes import Classes
from index.learning import Recipe, adapt
from index.minilm import MiniLm
from index.passages import passages_of
from index.reading import as_text
from index.search import Encoders, Index
from knowledge.bank import Bank, BankQuestion
from knowledge.policy import Policy


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


def train(
    model: str, policies: Sequence[Policy], bank: Bank, folder: Path, progress: Progress
) -> None:
    """Write ADAPTER and JUDGEMENT into `folder`. Takes half an hour on two cores."""
    folder.mkdir(parents=True, exist_ok=True)
    held = tuple(question for question in bank.questions if _is_held_out(question))
    rest = tuple(question for question in bank.questions if not _is_held_out(question))
    encoder = _adapted(model, policies, rest, folder / ("rehearsal-" + ADAPTER), progress)
    index = index_of(Encoders(encoder, encoder), policies, Bank(rest), progress)
    answered = answer_held_out(index, held)
    judgement = fit_judgement(answered.rows, answered.right, answered.traffic)
    judgement.write(folder / JUDGEMENT)
    _adapted(model, policies, bank.questions, folder / ADAPTER, progress)


def answer_held_out(index: Index, questions: tuple[BankQuestion, ...]) -> HeldOut:
    rows, right = [], []
    for question in questions:
        evidence = index.search(question.asked)
        ranking = rank(evidence)
        rows.append(signals(question.asked, evidence, ranking))
        right.append(answers(ranking.clauses[0], question))
    return HeldOut(questions, np.array(rows), np.array(right))


def _adapted(
    model: str,
    policies: Sequence[Policy],
    questions: Sequence[BankQuestion],
    path: Path,
    progress: Progress,
) -> MiniLm:
    classes = Classes(tuple(passage.sentence.text for passage in passages_of(policies)))
    texts = [as_text(question.asked) for question in questions]
    task = f"Learning from {len(questions)} questions"
    encoder = MiniLm(model)
    changes = adapt(
        encoder,
        texts,
        classes.targets(questions),
        Recipe(),
        lambda done, of: progress(task, done, of),
    )
    adapter.write(path, changes, encoder.weights)
    return MiniLm(model, path)


def _is_held_out(question: BankQuestion) -> bool:
    # Both questions of one situation, "c1-010a" and "c1-010b", or neither.
    return question.traffic or crc32(question.id.rstrip("ab").encode()) % 10 == 0
