"""Which questions one answer would serve, and which are similar: by the encoder and the words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from handlers.conversation.same_question import same_question

KEPT = 20_000  # vectors, of 1.5 kB each


class Reader(Protocol):
    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (n, d), one row a text, each row of length 1."""


@dataclass(frozen=True, slots=True)
class EncoderSimilarity:
    """Two questions are similar from a cosine of `similar_from` (-1 to 1) on, and the same where
    their words say the same besides: see `same_question`."""

    reader: Reader
    # Measured on pairs of 4,000 answerable questions of the bank: 56 % of the pairs at 0.6 or above
    # have the same first sentence as answer, and 0.9 % of all pairs. The encoder has learned from
    # these questions; with untouched MiniLM it is 26 %. So similarity alone gives no answer.
    similar_from: float = 0.6
    # What is published or pending is compared with every question that comes, and reading it anew
    # each time would take seconds where comms have published a hundred answers.
    kept: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False, compare=False)

    def same(self, question: str, others: Sequence[str]) -> Sequence[int]:
        """Places in `others`, the nearest first."""
        near = self.similar(question, others)
        return [place for place in near if same_question(question, others[place])]

    def similar(self, question: str, others: Sequence[str]) -> Sequence[int]:
        """Places in `others`, the nearest first."""
        if not others:
            return ()
        cosines = self._read(others) @ self.reader.encode([question])[0]
        order = np.argsort(-cosines, kind="stable")
        return [int(place) for place in order if cosines[place] >= self.similar_from]

    def _read(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # A copy, for another thread may remove some.
        found = self.kept.copy()
        unread = [text for text in dict.fromkeys(texts) if text not in found]
        fresh = dict(zip(unread, self.reader.encode(unread), strict=True)) if unread else {}
        self.kept.update(fresh)
        # The oldest go, of those that were not compared now.
        now = set(texts)
        others = [text for text in found if text not in now]
        for text in others[: max(0, len(self.kept) - KEPT)]:
            self.kept.pop(text, None)
        return np.array([(found | fresh)[text] for text in texts])

    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        """Each text joins the first group whose first text it is similar to."""
        vectors = self.reader.encode(texts)
        groups: list[list[int]] = []
        for place, vector in enumerate(vectors):
            similar = (group for group in groups if vectors[group[0]] @ vector >= self.similar_from)
            home = next(similar, None)
            if home is None:
                groups.append([place])
            else:
                home.append(place)
        return groups
