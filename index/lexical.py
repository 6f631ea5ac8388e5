"""Which texts share words with a question: BM25."""

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray


class LexicalSearch:
    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        self._ranking = bm25s.BM25()
        self._ranking.index(_words(texts), show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of each text, shape (texts,), 0 where no word is shared."""
        words = _words([question])[0]
        if not words:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._ranking.get_scores(words), dtype=np.float32)


def _words(texts: Sequence[str]) -> list[list[str]]:
    tokens: list[list[str]] = bm25s.tokenize(
        list(texts), stopwords="en", return_ids=False, show_progress=False
    )
    return tokens
