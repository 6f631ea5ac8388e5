"""Which texts share words with a question: BM25, by Lucene's formula.

Written here, because the libraries for it import SciPy, which takes longer to load than all else
that an answer needs. tests/index/test_lexical.py compares it with bm25s.
"""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

WORD = re.compile(r"\b\w\w+\b")
# Lucene's list for English.
COMMON = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)
# The defaults of bm25s: how soon a repeated word adds no more, and how much a text's length counts.
SATURATION, LENGTH = 1.5, 0.75


class LexicalSearch:
    """For each word, the texts that have it and what it adds to their scores."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._count = len(texts)
        words = [_words(text) for text in texts]
        lengths = np.array([len(each) for each in words], dtype=np.float64)
        having: dict[str, list[tuple[int, int]]] = {}
        for row, each in enumerate(words):
            for word, times in Counter(each).items():
                having.setdefault(word, []).append((row, times))
        mean = lengths.mean() if lengths.any() else 1.0
        norms = SATURATION * (1 - LENGTH + LENGTH * lengths / mean)
        self._added = {word: self._scored(rows, norms) for word, rows in having.items()}

    def scores(self, question: str) -> Scores:
        """BM25 score of each text, shape (texts,), 0 where no word is shared."""
        scores = np.zeros(self._count, dtype=np.float32)
        for word in _words(question):
            if word in self._added:
                rows, added = self._added[word]
                scores[rows] += added
        return scores

    def _scored(
        self, having: Sequence[tuple[int, int]], norms: NDArray[np.float64]
    ) -> tuple[NDArray[np.int32], Scores]:
        rows, times = np.array(having, dtype=np.int32).T
        rarity = np.log(1 + (self._count - len(rows) + 0.5) / (len(rows) + 0.5))
        return rows, np.asarray(rarity * times / (times + norms[rows]), dtype=np.float32)


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if word not in COMMON]
