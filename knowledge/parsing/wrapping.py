"""Whether a line end was pressed by the author or came from a fixed line width."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.parsing.lines import Line

SLACK = 8
USUAL_WIDTH = 60
WIDEST = 200
_NEVER_LAST_WRITTEN = """
    a an the of to in on at by for from with and or nor that which who whose as if is are be
    must may should shall will not your our their his her its this these those into
"""
_NEVER_LAST = frozenset(_NEVER_LAST_WRITTEN.split())
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_CUT = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,40})-$")
_REST = re.compile(r"([a-z]+)\S*(?:\s+|$)")
_LONGEST_WORD = 42
_FIRST_HALVES = frozenset(
    "self non well long short full part high low two three four five six ten year mid ex all one"
    " first second third multi anti semi cross day half face so large small".split()
)
_SYLLABLES = frozenset("in re un on to be for over under out dis mis ad com con per pro a".split())


def wrap_width(lines: Sequence[Line]) -> int:
    """Columns at which the file is wrapped, judged by its lines that have a line below them."""
    lengths = sorted(
        line.indent + len(line.text)
        for line, below in pairwise(lines)
        if line.text and below.text and len(line.text) <= WIDEST
    )
    if len(lengths) < 5:
        return USUAL_WIDTH
    return max(USUAL_WIDTH, lengths[len(lengths) * 9 // 10])


def runs_on(line: Line, below: Line, width: int) -> bool:
    """The text of `line` goes on in `below`: it was cut because the next word did not fit."""
    if below.text[0].islower() or line.text[-1] in ",-–(":
        return True
    if 2 * len(line.text) > width and _last_word(line.text) in _NEVER_LAST:
        return True
    if line.text[-1] in ".?!" and _could_be_title(below.text, width):
        return False
    room = width - line.indent - len(line.text)
    return room <= len(below.text.split(maxsplit=1)[0]) + SLACK


def _could_be_title(text: str, width: int) -> bool:
    return text[-1] not in ".?!:;,”" and len(text) < width * 0.6


def is_unfinished(text: str) -> bool:
    """A long line that ends without a stop."""
    return text[-1:] not in '.:;?!”"-–—' and len(text) > USUAL_WIDTH // 2


def is_torn(text: str, below: str) -> bool:
    """A full line whose sentence goes on after a blank line, as programs write that turn a PDF
    into text."""
    return (
        len(text) >= USUAL_WIDTH and (text[-1].isalnum() or text[-1] in ",-") and below[0].islower()
    )


def _last_word(text: str) -> str:
    return text[-12:].rpartition(" ")[2].lower()


class Hyphens:
    """Joins a word that is cut at the end of a line; knows the words that the document prints."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words: set[str] = set()
        cut = False
        for text in (line.text.lower() for line in lines):
            whole = text.partition(" ")[2] if cut else text
            cut = text.endswith("-") and _CUT.search(text[-_LONGEST_WORD:]) is not None
            self._words.update(_WORD.findall(whole.rpartition(" ")[0] if cut else whole))

    def joined(self, line: Line, below: Line) -> tuple[Line, Line]:
        """The two lines with the cut word whole at the end of the first."""
        cut = _CUT.search(line.text[-_LONGEST_WORD:])
        rest = _REST.match(below.text)
        if cut is None or rest is None:
            return line, below
        hyphen = "-" if self._keeps_hyphen(cut[1].lower(), rest[1].lower()) else ""
        whole = line.text[:-1] + hyphen + rest[0].rstrip()
        return replace(line, text=whole), replace(below, text=below.text[rest.end() :])

    def _keeps_hyphen(self, first: str, second: str) -> bool:
        """ "full-time" is two words; "miscon-duct" is one."""
        if f"{first}-{second}" in self._words:
            return True
        if first + second in self._words or first in _SYLLABLES:
            return False
        return first in _FIRST_HALVES or (first in self._words and second in self._words)
