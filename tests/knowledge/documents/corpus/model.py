"""Invented policies in the numbering styles of real ones, with the label of every sentence.

A writer for each format renders the same entries; what a reader makes of the file is compared
with the entries.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from tests.knowledge.documents.corpus.words import LEADS, sentence, title


class Kind(Enum):
    HEADING = auto()
    TEXT = auto()
    ITEM = auto()
    BULLET = auto()


@dataclass(frozen=True)
class Level:
    """`format` is a CSS list style, `printed` the label with "%1" for the first level's number,
    `cited` the label as it is cited, from the labels above."""

    format: str
    printed: str
    cited: str
    titled: bool = False


@dataclass(frozen=True)
class Style:
    """`levels` from the outermost; the first ones have titles."""

    name: str
    levels: tuple[Level, ...]
    bullets: bool = False


@dataclass(frozen=True)
class Entry:
    """`depth` is the place of its level in the style, `numbers` count each level down to it."""

    kind: Kind
    text: str
    section: str
    depth: int = 0
    numbers: tuple[int, ...] = ()
    printed: str = ""


@dataclass
class Invented:
    name: str
    style: Style
    title: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def expected(self) -> dict[str, str]:
        """The section of each text."""
        return {each.text: each.section for each in self.entries if each.kind is not Kind.HEADING}


STYLES = (
    Style(
        "decimal",
        (
            Level("decimal", "%1.", "%1", titled=True),
            Level("decimal", "%1.%2", "%1.%2"),
            Level("lower-alpha", "(%3)", "%1.%2(%3)"),
            Level("lower-roman", "(%4)", "%1.%2(%3)(%4)"),
        ),
    ),
    Style(
        "deep-decimal",
        (
            Level("decimal", "%1", "%1", titled=True),
            Level("decimal", "%1.%2", "%1.%2", titled=True),
            Level("decimal", "%1.%2.%3", "%1.%2.%3"),
        ),
    ),
    Style(
        "letters",
        (
            Level("decimal", "%1.", "%1", titled=True),
            Level("lower-alpha", "(%2)", "%1(%2)"),
            Level("lower-roman", "(%3)", "%1(%2)(%3)"),
        ),
    ),
    Style(
        "brackets",
        (
            Level("decimal", "%1.", "%1", titled=True),
            Level("lower-alpha", "%2)", "%1(%2)"),
            Level("lower-roman", "%3.", "%1(%2)(%3)"),
        ),
    ),
    Style(
        "articles",
        (
            Level("upper-roman", "Article %1", "Article %1", titled=True),
            Level("decimal", "Section %2.", "Article %1, Section %2", titled=True),
            Level("upper-alpha", "%3.", "Article %1, Section %2(%3)"),
        ),
    ),
    Style(
        "capitals",
        (
            Level("upper-alpha", "%1.", "%1", titled=True),
            Level("decimal", "%2.", "%1.%2"),
            Level("lower-alpha", "(%3)", "%1.%2(%3)"),
        ),
    ),
    Style(
        "numerals",
        (
            Level("upper-roman", "%1.", "%1", titled=True),
            Level("decimal", "(%2)", "%1(%2)"),
            Level("lower-alpha", "(%3)", "%1(%2)(%3)"),
        ),
    ),
    Style("bullets", (Level("decimal", "%1.", "%1", titled=True),), bullets=True),
    Style("untitled", (Level("none", "", "0", titled=True),), bullets=True),
)


def invent(style: Style, seed: int) -> Invented:
    chance = random.Random(f"{style.name} {seed}")
    document = Invented(f"{style.name}-{seed}", style, f"{title(chance)} Policy")
    for number in range(1, chance.randint(4, 6)):
        document.entries += _section(style, (number,), chance)
    return document


def _section(style: Style, numbers: tuple[int, ...], chance: random.Random) -> Iterator[Entry]:
    depth = len(numbers) - 1
    level = style.levels[depth]
    cited, printed = _filled(style, numbers, level.cited), _filled(style, numbers, level.printed)
    yield Entry(Kind.HEADING, title(chance), cited, depth, numbers, printed)
    inner = style.levels[depth + 1] if depth + 1 < len(style.levels) else None
    if inner is not None and inner.titled:
        for number in range(1, chance.randint(3, 4)):
            yield from _section(style, (*numbers, number), chance)
        return
    for _ in range(chance.randint(1, 2)):
        yield Entry(Kind.TEXT, sentence(chance, chance.randint(8, 30)), cited, depth)
    if inner is not None:
        yield from _items(style, numbers, cited, chance)
    if style.bullets:
        yield Entry(Kind.TEXT, _lead(chance), cited, depth)
        for _ in range(chance.randint(2, 4)):
            yield Entry(Kind.BULLET, sentence(chance, chance.randint(3, 14)), cited, depth)
        yield Entry(Kind.TEXT, sentence(chance, 12), cited, depth)


def _items(
    style: Style, above: tuple[int, ...], cited: str, chance: random.Random
) -> Iterator[Entry]:
    depth = len(above)
    level = style.levels[depth]
    if depth > 1 or "." not in level.cited[-4:]:
        yield Entry(Kind.TEXT, _lead(chance), cited, depth - 1)
    nested = chance.randint(1, 3) if depth + 1 < len(style.levels) else 0
    for number in range(1, chance.randint(3, 6)):
        numbers = (*above, number)
        printed, label = (
            _filled(style, numbers, level.printed),
            _filled(style, numbers, level.cited),
        )
        if number == nested:
            yield Entry(Kind.ITEM, _lead(chance), label, depth, numbers, printed)
            yield from _inner_items(style, numbers, chance)
        else:
            text = sentence(chance, chance.randint(5, 25))
            yield Entry(Kind.ITEM, text, label, depth, numbers, printed)


def _inner_items(style: Style, above: tuple[int, ...], chance: random.Random) -> Iterator[Entry]:
    level = style.levels[len(above)]
    for number in range(1, chance.randint(3, 5)):
        numbers = (*above, number)
        printed, cited = (
            _filled(style, numbers, level.printed),
            _filled(style, numbers, level.cited),
        )
        yield Entry(Kind.ITEM, sentence(chance, 8), cited, len(above), numbers, printed)


def _lead(chance: random.Random) -> str:
    return f"{sentence(chance, 4).rstrip('.')} {chance.choice(LEADS)}:"


def _filled(style: Style, numbers: tuple[int, ...], pattern: str) -> str:
    for place, number in enumerate(numbers, start=1):
        pattern = pattern.replace(f"%{place}", numeral(style.levels[place - 1].format, number))
    return pattern


def numeral(format_: str, number: int) -> str:
    letters, numerals = "abcdefghij", ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    written = {"lower-alpha": letters[number - 1], "lower-roman": numerals[number - 1]}
    written |= {"upper-alpha": letters[number - 1].upper()}
    written |= {"upper-roman": numerals[number - 1].upper()}
    return written.get(format_, str(number))
