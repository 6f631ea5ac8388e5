"""An encoder that remembers what it read last: one question is looked up by itself, in parts and
among the published answers, and reading its text takes longer than all of these searches."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np

from index.encoder import Encoder, Vectors

KEPT = 256  # texts, of about 1.5 KB each; enough for all parts of the questions asked at one time


class RecentVectors:
    """An Encoder, which several threads may use at once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self._changing = Lock()

    @property
    def identity(self) -> str:
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > KEPT:
            return self._encoder.encode(texts)
        found = self._remembered(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            read = dict(zip(missing, self._encoder.encode(missing), strict=True))
            self._remember(read)
            found |= read
        rows = [found[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension)

    def _remembered(self, texts: Sequence[str]) -> dict[str, Vectors]:
        with self._changing:
            found = {text: self._recent[text] for text in texts if text in self._recent}
            for text in found:
                self._recent.move_to_end(text)
            return found

    def _remember(self, read: dict[str, Vectors]) -> None:
        with self._changing:
            self._recent |= read
            while len(self._recent) > KEPT:
                self._recent.popitem(last=False)
