"""Which sentence of a policy without a bank answers, or that none does: a softmax over all of its
sentences and one learned vector for "none of them"."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index.encoder import Vectors
from index.evidence import Scores

NONE, SCALE, BIAS = "none of them", "scale", "bias"
"""Tensors beside the changes of the weights in the file of the general encoder."""

PLAIN_SCALE = 20.0  # an untrained encoder's cosines are close together


@dataclass(frozen=True, slots=True)
class OpenSetSoftmax:
    """`none` has shape (d,); None where nothing was learned: then some sentence always answers."""

    scale: float = PLAIN_SCALE
    bias: float = 0.0
    none: Vectors | None = None

    def shares(self, likeness: Scores, question: Vectors) -> Scores:
        """Shape (sentences,). `likeness` are cosines plus weighted BM25 scores, `question` is the
        question's vector of shape (d,). The rest of 1 is the share of "none of them"."""
        if not len(likeness):
            return likeness
        logits = self.scale * likeness
        highest = float(logits.max())
        rest = 0.0
        if self.none is not None:
            none = self.scale * float(question @ self.none) + self.bias
            highest = max(highest, none)
            rest = float(np.exp(none - highest))
        powers = np.exp(logits - highest)
        return np.asarray(powers / (powers.sum() + rest), dtype=np.float32)


def read_open_set(path: Path) -> OpenSetSoftmax:
    """From the file of the general encoder."""
    tensors = load_file(path)
    return OpenSetSoftmax(float(tensors[SCALE][0]), float(tensors[BIAS][0]), tensors[NONE])
