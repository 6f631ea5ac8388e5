"""The learned reading of a question: one prototype vector for each class of `Classes` that has
examples."""

from dataclasses import dataclass

import numpy as np

from index.encoder import Vectors
from index.targets import Columns, Targets, Weights

SCALE = 20.0  # of the cosines, before the softmax
STEPS, RATE = 100, 0.01
# Of Adam (https://arxiv.org/abs/1412.6980): the usual ones.
FIRST_DECAY, SECOND_DECAY, TINY = 0.9, 0.999, 1e-8
SHORTEST = 1e-12  # a length to divide by


@dataclass(frozen=True, slots=True)
class Head:
    """`prototypes` has shape (columns, d), rows of length 1; `columns` says of which class each is,
    in ascending order."""

    columns: Columns
    prototypes: Vectors

    def probabilities(self, vector: Vectors) -> Weights:
        """Shape (columns,), summing to 1. `vector` is a question's, shape (d,)."""
        shares: Weights = _softmax(SCALE * (self.prototypes @ vector)[np.newaxis])[0]
        return shares


def fit_head(vectors: Vectors, targets: Targets, classes: int) -> Head:
    """A prototype for each class with an example, of so many `classes`.

    Minimises the cross-entropy by Adam. `vectors` has shape (questions, d). The classes without an
    example take part while the others learn; they stay equal to each other, so one of them, counted
    as often as there are, stands for all.
    """
    columns = targets.used
    absent = classes - len(columns)
    counts = np.array([1] * len(columns) + [absent] * (absent > 0), dtype=np.float32)
    wanted = targets.dense(columns)
    if absent:
        wanted = np.pad(wanted, ((0, 0), (0, 1)))
    return Head(columns, _fitted(vectors, wanted, counts)[: len(columns)])


def _fitted(vectors: Vectors, wanted: Weights, counts: Weights) -> Vectors:
    """`counts` says for how many equal classes each column of `wanted` stands, shape (columns,)."""
    prototypes = _unit(wanted.T @ vectors)
    mean, square = np.zeros_like(prototypes), np.zeros_like(prototypes)
    for step in range(1, STEPS + 1):
        gradient = _gradient(vectors, wanted, counts, prototypes)
        mean += (1 - FIRST_DECAY) * (gradient - mean)
        square += (1 - SECOND_DECAY) * (gradient**2 - square)
        spread = np.sqrt(square / (1 - SECOND_DECAY**step)) + TINY
        prototypes -= RATE * mean / (1 - FIRST_DECAY**step) / spread
    return _unit(prototypes)


def _gradient(vectors: Vectors, wanted: Weights, counts: Weights, prototypes: Vectors) -> Vectors:
    """Of the mean cross-entropy, by the prototypes before they are cut to length 1."""
    units = _unit(prototypes)
    logits = np.asarray(SCALE * (vectors @ units.T), dtype=np.float32)
    found = _softmax(logits + np.log(counts)) / counts
    wrong = (found - wanted) / len(vectors)
    by_units = SCALE * wrong.T @ vectors
    along = (by_units * units).sum(axis=1, keepdims=True)
    return np.asarray((by_units - along * units) / _lengths(prototypes), dtype=np.float32)


def _softmax(logits: Weights) -> Weights:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / _lengths(rows), dtype=np.float32)


def _lengths(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.maximum(lengths, SHORTEST), dtype=np.float32)
