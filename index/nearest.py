"""Nearest vectors by cosine similarity, on FAISS."""

from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors

HalfVectors = NDArray[np.float16]
ADDED_AT_ONCE = 2048  # vectors: FAISS takes them in single precision


def on_one_thread() -> None:
    """One search takes longer on two threads than on one, and much longer on a busy machine: 13 ms
    instead of 2. OpenMP keeps the number for each thread that searches."""
    faiss.omp_set_num_threads(1)


@dataclass(frozen=True, slots=True)
class Near:
    row: int
    similarity: float


class NearestVectors:
    def __init__(self, flat: faiss.Index) -> None:
        self._flat = flat

    @classmethod
    def of(cls, vectors: Vectors | HalfVectors) -> "NearestVectors":
        """Vectors of half precision are searched as they are, in a third of the time."""
        flat = _empty(vectors.shape[1], half=vectors.dtype == np.float16)
        for start in range(0, len(vectors), ADDED_AT_ONCE):
            some = vectors[start : start + ADDED_AT_ONCE]
            flat.add(np.ascontiguousarray(some, dtype=np.float32))
        return cls(flat)

    def __len__(self) -> int:
        return int(self._flat.ntotal)

    @property
    def vectors(self) -> Vectors:
        """Shape (n, d), in the order in which they were given."""
        return np.asarray(self._flat.reconstruct_n(0, len(self)), dtype=np.float32)

    def search(self, vector: Vectors, count: int) -> tuple[Near, ...]:
        """The `count` nearest of one vector of shape (d,), best first; fewer if there are fewer."""
        on_one_thread()
        scores, rows = self._flat.search(vector.reshape(1, -1), count)
        # The inner product of unit vectors is their cosine, but rounding can carry it past 1.
        cosines = np.clip(scores[0], -1.0, 1.0).tolist()
        pairs = zip(rows[0].tolist(), cosines, strict=True)
        return tuple(Near(row, cosine) for row, cosine in pairs if row >= 0)


def _empty(dimension: int, *, half: bool) -> faiss.Index:
    if not half:
        return faiss.IndexFlatIP(dimension)
    kind = faiss.ScalarQuantizer.QT_fp16
    return faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)
