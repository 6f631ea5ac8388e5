"""The learned reading of a question: one prototype vector for each class of `Classes`."""

import numpy as np

from index.classes import Weights
from index.encoder import Vectors

SCALE = 20.0  # of the cosines, before the softmax


def probabilities(prototypes: Vectors, vectors: Vectors) -> Weights:
    """Shape (questions, classes), each row summing to 1; a class whose prototype is zero, having
    no example in the bank, gets 0."""
    logits = SCALE * vectors @ prototypes.T
    logits[:, ~prototypes.any(axis=1)] = -np.inf
    logits -= logits.max(axis=1, keepdims=True)
    powers = np.exp(logits)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
