"""The learned reading of a question: one prototype vector for each class of `Classes`."""

import numpy as np

from index.classes import Weights
from index.encoder import Vectors

SCALE = 20.0  # of the cosines, before the softmax
STEPS, RATE = 100, 0.01
# Of Adam (https://arxiv.org/abs/1412.6980): the usual ones.
FIRST_DECAY, SECOND_DECAY, TINY = 0.9, 0.999, 1e-8
SHORTEST = 1e-12  # a length to divide by


def probabilities(prototypes: Vectors, vectors: Vectors) -> Weights:
    """Shape (questions, classes), each row summing to 1; a class whose prototype is zero, having
    no example in the bank, gets 0."""
    logits = _logits(vectors, prototypes)
    logits[:, ~prototypes.any(axis=1)] = -np.inf
    return _softmax(logits)


def fit_head(vectors: Vectors, targets: Weights) -> Vectors:
    """Prototypes of shape (classes, d), rows of length 1; a class without example stays zero.

    Minimises the cross-entropy by Adam. `vectors` has shape (questions, d), `targets` (questions,
    classes).
    """
    prototypes = _unit(targets.T @ vectors)
    mean, square = np.zeros_like(prototypes), np.zeros_like(prototypes)
    for step in range(1, STEPS + 1):
        gradient = _gradient(vectors, targets, prototypes)
        mean += (1 - FIRST_DECAY) * (gradient - mean)
        square += (1 - SECOND_DECAY) * (gradient**2 - square)
        spread = np.sqrt(square / (1 - SECOND_DECAY**step)) + TINY
        prototypes -= RATE * mean / (1 - FIRST_DECAY**step) / spread
    prototypes[~targets.any(axis=0)] = 0.0
    return _unit(prototypes)


def _gradient(vectors: Vectors, targets: Weights, prototypes: Vectors) -> Vectors:
    """Of the mean cross-entropy, by the prototypes before they are cut to length 1."""
    units = _unit(prototypes)
    wrong = (_softmax(_logits(vectors, units)) - targets) / len(vectors)
    by_units = SCALE * wrong.T @ vectors
    along = (by_units * units).sum(axis=1, keepdims=True)
    return np.asarray((by_units - along * units) / _lengths(prototypes), dtype=np.float32)


def _logits(vectors: Vectors, prototypes: Vectors) -> Weights:
    return np.asarray(SCALE * (vectors @ prototypes.T), dtype=np.float32)


def _softmax(logits: Weights) -> Weights:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def _unit(rows: Vectors) -> Vectors:
    return np.asarray(rows / _lengths(rows), dtype=np.float32)


def _lengths(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.maximum(lengths, SHORTEST), dtype=np.float32)
