"""Whether a published answer repeats words of somebody whose data are to be erased."""

import re
from collections.abc import Iterable

_RUN = 8  # words in a row that hardly two people write by chance
_FEWEST = 4  # words of a message that is repeated whole


class ErasedWords:
    """`texts`: everything the person wrote; `names`: what they are called."""

    def __init__(self, texts: Iterable[str], names: Iterable[str]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            self._runs |= _runs(_words(text), _RUN)
        # A name stands for its person however short it is.
        named = (tuple(_words(name)) for name in names)
        self._names = {name for name in named if name}

    def are_in(self, text: str) -> bool:
        words = _words(text)
        lengths = {len(run) for run in self._runs | self._names}
        found = {run for length in lengths for run in _runs(words, length, fewest=1)}
        return not found.isdisjoint(self._runs | self._names)


def _runs(words: list[str], length: int, fewest: int = _FEWEST) -> set[tuple[str, ...]]:
    """All `length` words in a row; of a shorter text the whole, if it has so many words."""
    if len(words) < length:
        return {tuple(words)} if len(words) >= fewest else set()
    return {tuple(words[begin : begin + length]) for begin in range(len(words) - length + 1)}


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
