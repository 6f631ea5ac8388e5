"""Which questions one answer would serve, told by the encoder that reads the policies."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

KEPT = 2000  # vectors, of 1.5 kB each


class Reader(Protocol):
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, d), one row a text, each row of length 1."""


@dataclass(frozen=True, slots=True)
class EncoderSimilarity:
    """Cosines, -1 to 1. From `same_from` on two questions are taken for the same, so that an
    answer to one is shown to the asker of the other; from `akin_from` on for one gap of the
    policy in a list, and for similar, so that it is shown beside a hand-over with its question."""

    reader: Reader
    # Of the 1.1 million pairs of 1,500 questions of the bank, the encoder that is half adapted
    # puts none at 0.9 and seven at 0.85, of which one pair has the same first sentence as answer.
    same_from: float = 0.9
    # Of the pairs of 4,000 answerable questions of the bank that lie at 0.6 or above, 56 % have the
    # same first sentence as answer; of all pairs 0.9 %. The encoder has learned from these very
    # questions: untouched MiniLM, which has not, makes it 26 %. So it is no answer by itself.
    akin_from: float = 0.6
    # What is published or pending is compared with every question that comes, and reading it anew
    # each time would take seconds where comms have published a hundred answers.
    kept: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:
        return self._near(question, pending, self.same_from)

    def similar(self, question: str, published: Sequence[str]) -> Sequence[int]:
        return self._near(question, published, self.akin_from)

    def _near(self, question: str, others: Sequence[str], least: float) -> Sequence[int]:
        """Places in `others`, the nearest first."""
        if not others:
            return ()
        cosines = self._read(others) @ self.reader.encode([question])[0]
        order = np.argsort(-cosines, kind="stable")
        return [int(place) for place in order if cosines[place] >= least]

    def _read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # A copy, for another thread may empty it.
        found = self.kept.copy()
        unread = [text for text in dict.fromkeys(texts) if text not in found]
        fresh = dict(zip(unread, self.reader.encode(unread), strict=True)) if unread else {}
        if len(self.kept) + len(fresh) > KEPT:
            self.kept.clear()
        self.kept.update(fresh)
        return np.array([(found | fresh)[text] for text in texts])

    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Each text joins the first group whose first text it is akin to."""
        vectors = self.reader.encode(texts)
        groups: list[list[int]] = []
        for place, vector in enumerate(vectors):
            akin = (group for group in groups if vectors[group[0]] @ vector >= self.akin_from)
            home = next(akin, None)
            if home is None:
                groups.append([place])
            else:
                home.append(place)
        return groups
