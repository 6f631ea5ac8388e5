"""Many texts to vectors, with reports of progress."""

from collections.abc import Callable, Sequence

import numpy as np

from index.encoder import Encoder, Vectors

CHUNK = 256  # texts between two reports of progress

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def encode(encoder: Encoder, texts: Sequence[str], task: str, progress: Progress) -> Vectors:
    """Shape (texts, d)."""
    rows = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    # Texts of like length together: the encoder pads each to the longest beside it.
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    for start in range(0, len(texts), CHUNK):
        places = order[start : start + CHUNK]
        rows[places] = encoder.encode([texts[place] for place in places])
        progress(task, start + len(places), len(texts))
    return rows
