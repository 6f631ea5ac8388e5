"""What a message can mean, as columns: which sentence answers it, or why none does."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.bank import BankQuestion, Intent, Need, SmallTalk

Weights = NDArray[np.float32]

Kind = Intent | Need | SmallTalk
UNANSWERED = tuple(kind for kind in Intent if kind is not Intent.ANSWERABLE)
KINDS: tuple[Kind, ...] = (*UNANSWERED, *Need, *SmallTalk)

# Shares of a question's target. What merely may be quoted is a weak example of an answer; a near
# miss is mostly "like this sentence, but not answered by it", so that it parts from its neighbour.
FINE, FIRST_GROUP_AGAIN, NEAR_ITS_SENTENCE = 0.1, 0.5, 0.7


@dataclass(frozen=True, slots=True)
class Classes:
    """Column i: sentence i answers. Column n + i: a near miss of sentence i. Then a column for
    each of KINDS: a question that has a need counts for its need, not for its intent."""

    sentences: tuple[str, ...]

    def __len__(self) -> int:
        return 2 * len(self.sentences) + len(KINDS)

    def kind_column(self, kind: Kind) -> int:
        return 2 * len(self.sentences) + KINDS.index(kind)

    def targets(self, questions: Sequence[BankQuestion]) -> Weights:
        """Shape (questions, columns), each row summing to 1."""
        columns = {text: column for column, text in enumerate(self.sentences)}
        rows = np.zeros((len(questions), len(self)), dtype=np.float32)
        for row, question in zip(rows, questions, strict=True):
            if question.kind is Intent.ANSWERABLE:
                _mark_answers(row, question, columns)
            else:
                self._mark_unanswered(row, question, columns)
        rows /= rows.sum(axis=1, keepdims=True)
        return rows

    def _mark_unanswered(
        self, row: Weights, question: BankQuestion, columns: dict[str, int]
    ) -> None:
        column = self.kind_column(question.need or question.kind)
        row[column] = 1.0
        if question.closest:
            row[column] -= NEAR_ITS_SENTENCE
            for text in question.closest:
                row[len(self.sentences) + columns[text]] += NEAR_ITS_SENTENCE / len(
                    question.closest
                )


def _mark_answers(row: Weights, question: BankQuestion, columns: dict[str, int]) -> None:
    for group in question.needed:
        for text in group:
            row[columns[text]] += 1.0 / len(group)
    if len(question.needed) > 1:
        for text in question.needed[0]:
            row[columns[text]] += FIRST_GROUP_AGAIN / len(question.needed[0])
    for text in question.fine:
        row[columns[text]] += FINE
