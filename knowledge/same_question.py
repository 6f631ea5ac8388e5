"""When two questions are the same one."""

import re

from knowledge.question import Question

# Marks that may stand between digits ("5,000", "1.5") and mean nothing after a word.
_ENDS = re.compile(r"[.,:;!?]+(?=\s|$)")
_QUOTING = re.compile("[\"'“”‘’()\\[\\]]")


def asked_alike(asked: Question) -> tuple[str, ...]:
    """Equal for questions that say the same words in the same role after the same message."""
    return (asked.role.value, *map(normal_words, (*asked.history[-1:], asked.text)))


def normal_words(text: str) -> str:
    """Without case, spacing, quotes and end marks, but with the signs that change a meaning:
    "£50", "€50" and "50" are different words, and so are "5,000" and "5 000"."""
    return " ".join(_ENDS.sub("", _QUOTING.sub("", text.casefold())).split())
