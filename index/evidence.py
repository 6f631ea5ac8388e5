"""What the index found for one question: all that its reading and its confidence go by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.message_kinds import MessageKinds
from index.passages import Passage, Places, Rows
from knowledge.bank import BankQuestion

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A bank question near the one asked; `similarity` is a cosine, -1 to 1."""

    question: BankQuestion
    similarity: float

    def answered_by(self, texts: frozenset[str]) -> bool:
        """Whether one of these sentences is needed for its answer."""
        return any(text in texts for group in self.question.needed for text in group)


@dataclass(frozen=True, slots=True)
class Evidence(MessageKinds):
    """`passages` are all that the index knows, or of very many those that may answer, and `rows`
    says which these are. Arrays have shape (passages,), in this order.

    `learned` and `echoed` are shares of 1 given to each sentence as the answer, by the head and
    by the nearest bank questions; `near_misses` and `echoed_near_misses` their shares for "like
    this sentence, but not answered by it". What is left of 1 is in the kinds. `banked` marks the
    sentences of policies for which the bank has questions, and `all_banked` says whether the index
    knows no others. The others divide `outside` among them: their shares of 1 as the answer, were
    the question about one of their policies; what is left of 1 is "none of them". `similarity` is
    the cosine between question and sentence, `lexical` its BM25 score.
    """

    passages: tuple[Passage, ...]
    rows: Rows
    places: Places
    learned: Scores
    near_misses: Scores
    echoed: Scores
    echoed_near_misses: Scores
    neighbours: tuple[Neighbour, ...]
    banked: NDArray[np.bool_]
    all_banked: bool
    outside: Scores
    similarity: Scores
    lexical: Scores
