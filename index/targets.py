"""What each question of a bank means, as a sparse matrix: a row a question, few columns each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]
Columns = NDArray[np.int64]


@dataclass(frozen=True)
class Targets:
    """Compressed sparse rows: row i has `shares[starts[i]:starts[i + 1]]` in those of `columns`.

    `starts` has shape (questions + 1,). Each row sums to 1. SciPy has such matrices, too, but takes
    longer to load than all else that an answer needs.
    """

    starts: Columns
    columns: Columns
    shares: Weights

    @classmethod
    def of(cls, rows: Sequence[Mapping[int, float]]) -> "Targets":
        """From the shares of each row by their columns; they are scaled to sum to 1."""
        starts = np.cumsum([0, *map(len, rows)])
        columns = [column for row in rows for column in row]
        shares = [share / sum(row.values()) for row in rows for share in row.values()]
        return cls(starts, np.array(columns, dtype=np.int64), np.array(shares, dtype=np.float32))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def used(self) -> Columns:
        """The columns that are not empty, in ascending order."""
        return np.unique(self.columns)

    def dense(self, columns: Columns) -> Weights:
        """Shape (questions, columns). `columns` are in ascending order, those in use among them."""
        dense = np.zeros((len(self), len(columns)), dtype=np.float32)
        rows = np.repeat(np.arange(len(self)), np.diff(self.starts))
        dense[rows, np.searchsorted(columns, self.columns)] = self.shares
        return dense

    def weighted(self, rows: Sequence[int], weights: Weights) -> tuple[Columns, Weights]:
        """The columns of these rows and their shares times the weight of the row; a column may come
        several times. `weights` has shape (rows,)."""
        places = [np.arange(self.starts[row], self.starts[row + 1]) for row in rows]
        at = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
        repeated = np.repeat(weights, [len(each) for each in places])
        return self.columns[at], self.shares[at] * repeated

    def chosen(self, rows: NDArray[np.bool_]) -> "Targets":
        """Only these rows. `rows` has shape (questions,)."""
        lengths = np.diff(self.starts)
        kept = np.repeat(rows, lengths)
        starts = np.cumsum([0, *lengths[rows]])
        return Targets(starts, self.columns[kept], self.shares[kept])

    def followed_by(self, others: "Targets") -> "Targets":
        """With the rows of others below; both have the same columns."""
        return Targets(
            np.concatenate([self.starts, self.starts[-1] + others.starts[1:]]),
            np.concatenate([self.columns, others.columns]),
            np.concatenate([self.shares, others.shares]),
        )
