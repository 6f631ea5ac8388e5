"""Which sentence of a policy without a bank answers, or that none does: a softmax over all of its
sentences and one learned vector for "none of them"."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index.encoder import Vectors
from index.evidence import Scores
from index.passages import Passage
from index.targets import Weights
from knowledge.bank import BankQuestion

NONE, SCALE, BIAS = "none of them", "scale", "bias"
"""Tensors beside the changes of the weights in the file of the general encoder."""

# Shares of a question's target beside its first group of needed sentences.
FURTHER_GROUP, FINE = 0.6, 0.08
PLAIN_SCALE = 20.0  # an untrained encoder's cosines are close together


@dataclass(frozen=True, slots=True)
class OpenSetSoftmax:
    """`none` has shape (d,); None where nothing was learned: then some sentence always answers."""

    scale: float = PLAIN_SCALE
    bias: float = 0.0
    none: Vectors | None = None

    def shares(self, scores: Scores, question: Vectors) -> Scores:
        """Shape (sentences,). `scores` are cosines plus weighted BM25 scores, `question` is the
        question's vector of shape (d,). The rest of 1 is the share of "none of them"."""
        if not len(scores):
            return scores
        logits = self.scale * scores
        highest = float(logits.max())
        rest = 0.0
        if self.none is not None:
            none = self.scale * float(question @ self.none) + self.bias
            highest = max(highest, none)
            rest = float(np.exp(none - highest))
        powers = np.exp(logits - highest)
        return np.asarray(powers / (powers.sum() + rest), dtype=np.float32)


def open_set_targets(passages: Sequence[Passage], questions: Sequence[BankQuestion]) -> Weights:
    """Shape (questions, passages + 1), each row summing to 1; the last column is "none of them"."""
    places: dict[str, list[int]] = {}
    for place, passage in enumerate(passages):
        places.setdefault(passage.sentence.text, []).append(place)
    rows = np.zeros((len(questions), len(passages) + 1), dtype=np.float32)
    for row, question in zip(rows, questions, strict=True):
        for number, group in enumerate(question.needed):
            share = FURTHER_GROUP if number else 1.0
            for text in group:
                row[places[text]] += share / len(group)
        for text in question.fine if question.needed else ():
            row[places[text]] += FINE
        row[-1] = not question.needed
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), dtype=np.float32)


def read_open_set(path: Path) -> OpenSetSoftmax:
    """From the file of the general encoder."""
    tensors = load_file(path)
    return OpenSetSoftmax(float(tensors[SCALE][0]), float(tensors[BIAS][0]), tensors[NONE])
