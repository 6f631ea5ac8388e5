"""Which texts share words with a question: BM25, by Lucene's formula.

Written here, because the libraries for it import SciPy, which takes longer to load than all else
that an answer needs. tests/index/test_lexical.py compares it with bm25s.
"""

import re
from array import array
from collections.abc import Iterable

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
    """For each word, the texts that have it and what it adds to their scores: compressed sparse
    rows, of which the row of a word is `self._starts[word]` to `self._starts[word + 1]`."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._vocabulary: dict[str, int] = {}
        words, counts = array("q"), array("q")
        for text in texts:
            before = len(words)
            words.extend(self._number(word) for word in _words(text))
            counts.append(len(words) - before)
        lengths = np.array(counts, dtype=np.int64)
        self._count = len(lengths)
        # Each pair of word and text is one number, so that NumPy can sort and count the pairs.
        pairs = np.array(words, dtype=np.int64) * self._count
        pairs += np.repeat(np.arange(self._count), lengths)
        pairs, times = np.unique(pairs, return_counts=True)
        numbers, rows = np.divmod(pairs, max(1, self._count))
        self._starts = np.searchsorted(numbers, np.arange(len(self._vocabulary) + 1))
        self._rows = rows.astype(np.int32)
        self._added = self._scored(numbers, times, lengths)

    def scores(self, question: str) -> Scores:
        """BM25 score of each text, shape (texts,), 0 where no word is shared."""
        scores = np.zeros(self._count, dtype=np.float32)
        for word in _words(question):
            number = self._vocabulary.get(word)
            if number is not None:
                having = slice(self._starts[number], self._starts[number + 1])
                scores[self._rows[having]] += self._added[having]
        return scores

    def _number(self, word: str) -> int:
        return self._vocabulary.setdefault(word, len(self._vocabulary))

    def _scored(
        self, numbers: NDArray[np.int64], times: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> Scores:
        """What each pair of word and text adds. `numbers` are the words of the pairs."""
        mean = lengths.mean() if lengths.any() else 1.0
        norms = SATURATION * (1 - LENGTH + LENGTH * lengths / mean)
        having = np.diff(self._starts)[numbers]
        rarity = np.log(1 + (self._count - having + 0.5) / (having + 0.5))
        return np.asarray(rarity * times / (times + norms[self._rows]), dtype=np.float32)


def _words(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if word not in COMMON]
