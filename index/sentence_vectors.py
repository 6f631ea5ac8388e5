"""The vectors of the sentences of all policies, kept on disk for each policy by itself: a new or a
changed policy costs the reading of its own new sentences."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.encoding import Progress
from index.kept_vectors import KeptVectors
from index.passages import Passage
from index.search import Encoders

POLICIES = "Reading the policies"


def sentence_vectors(
    encoders: Encoders,
    passages: Sequence[Passage],
    inside: NDArray[np.bool_],
    folder: Path,
    progress: Progress,
) -> Vectors:
    """Shape (passages, d): each sentence by the encoder that will read the questions put to it.
    `inside` marks the passages of policies that the question bank is about. The vectors are kept in
    `folder`. Raises OSError where it cannot be written."""
    rows = np.empty((len(passages), encoders.adapted.dimension), dtype=np.float32)
    adapted = KeptVectors(encoders.adapted, folder / "adapted")
    general = KeptVectors(encoders.general, folder / "general")
    read: dict[KeptVectors, list[str]] = {adapted: [], general: []}
    for name, first, last in _policies(passages):
        kept = adapted if inside[first] else general
        texts = [passage.in_context for passage in passages[first:last]]
        rows[first:last] = kept.of(name, texts, partial(_report, progress, first, len(passages)))
        read[kept].append(name)
    for kept, names in read.items():
        kept.keep_only(names)
    return rows


def _report(progress: Progress, before: int, total: int, _task: str, done: int, _of: int) -> None:
    """One bar for all policies."""
    progress(POLICIES, before + done, total)


def _policies(passages: Sequence[Passage]) -> Iterator[tuple[str, int, int]]:
    """The name of each policy, its first row, and the row after its last."""
    first = 0
    for name, group in groupby(passages, lambda passage: passage.policy.name):
        last = first + sum(1 for _ in group)
        yield name, first, last
        first = last
