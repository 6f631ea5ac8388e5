"""Whether a line end was pressed by the author or came from a fixed line width."""

from collections.abc import Sequence
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
    if below.text[0].islower() or line.text[-1] in ",-–(" or _last_word(line.text) in _NEVER_LAST:
        return True
    if line.text[-1] in ".?!" and _could_be_title(below.text, width):
        return False
    room = width - line.indent - len(line.text)
    return room <= len(below.text.split(maxsplit=1)[0]) + SLACK


def _could_be_title(text: str, width: int) -> bool:
    return text[-1] not in ".?!:;,”" and len(text) < width * 0.6


def wants_more(text: str) -> bool:
    return text[-1:] not in '.:;?!”"' and len(text) > USUAL_WIDTH // 2


def _last_word(text: str) -> str:
    return text[-12:].rpartition(" ")[2].lower()
