"""The sentences of a message, and the parts of a sentence that says several things."""

import re

SHORTEST_PIECE = 3
"""Words; fewer say nothing by themselves."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*")
_PIECE_END = re.compile(
    r"\s*[,;:–—]\s+|\s+-\s+|\s+(?:and|but|anyway|also|so|plus|btw|by the way)\s+", re.IGNORECASE
)


def sentences(message: str) -> tuple[str, ...]:
    return tuple(part for part in _SENTENCE_END.split(message) if re.search(r"\w", part))


def pieces(message: str) -> tuple[str, ...]:
    """The sentences, and the parts of those that say several things; each of them once."""
    found: dict[str, None] = {}
    for sentence in sentences(message):
        found[sentence] = None
        parts = [part for part in _PIECE_END.split(sentence) if _words(part) >= SHORTEST_PIECE]
        if len(parts) > 1:
            found.update(dict.fromkeys(parts))
    return tuple(found)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))
