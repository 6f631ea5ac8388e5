"""The block of "key: value" lines between "---" that opens many Markdown files."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.parsing.lines import Line, blank, plain
from knowledge.parsing.review_date import is_review_line

_LONGEST = 80
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):(?:\s+(.*))?$")
_MORE = re.compile(r"[-#].*|$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`lines` are the file's lines; those of the front matter are blank, except review dates."""

    title: str
    lines: tuple[Line, ...]


def front_matter(lines: Sequence[Line]) -> FrontMatter:
    end = _end(lines)
    head = [line if is_review_line(line.text) else blank(line) for line in lines[:end]]
    titles = [found[2] for line in lines[:end] if (found := _titled(line.text))]
    title = plain(titles[0].strip("\"'")) if titles else ""
    return FrontMatter(title, (*head, *lines[end:]))


def _titled(text: str) -> re.Match[str] | None:
    found = _PAIR.match(text)
    return found if found and found[1].lower() == "title" and found[2] else None


def _end(lines: Sequence[Line]) -> int:
    """The number of lines of front matter, its two rules included; 0 where there is none."""
    if not lines or lines[0].text != "---":
        return 0
    for index, line in enumerate(lines[1:_LONGEST], start=1):
        if line.text in ("---", "..."):
            return index + 1
        if not (line.indent or _PAIR.match(line.text) or _MORE.match(line.text)):
            return 0
    return 0
