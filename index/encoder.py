"""Texts to vectors: the port that the rest of the room depends on."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, d), one row a text, each row of length 1."""


class Encoder(Protocol):
    @property
    def identity(self) -> str:
        """Names the model and hashes its weights: vectors of another identity do not compare."""

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...
