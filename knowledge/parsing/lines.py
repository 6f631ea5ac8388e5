"""The parser's input: the lines of a document, each with what its layout says about it."""

import re
from dataclasses import dataclass

INVISIBLE = (
    "\t\x0b\x0c\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
SPECKS = "·•▪◦∙●■"
TAB = 4
CELL_EDGE = " | "


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or a whole paragraph where the format stores paragraphs.

    `number` counts from 1 and orders the lines: the line of a text file, the line of a page, the
    paragraph of a Word document. `text` has no markup; it is empty for a blank line, which ends
    a paragraph. `indent` is in columns (4 for each list level where the format has no columns).

    What only some formats know, with its default where the format says nothing:
    `label` is the number or letter that the format prints before the text ("1.", "(a)").
    `heading` is the level of a heading, 1 the highest; 0 for other text.
    `bullet` marks the first line of an unnumbered list item.
    `bold` says that the whole line is bold.
    `linked` says that the whole line leads to another place in the document.
    `joins` says whether the line continues the paragraph of the line before it.
    `cells` are the cells of a table row, `header` the cells of its table's header row.
    `page` counts from 1, 0 where the format has no pages.
    """

    number: int
    indent: int
    text: str
    label: str = ""
    heading: int = 0
    bullet: bool = False
    bold: bool = False
    linked: bool = False
    joins: bool | None = None
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    page: int = 0

    @property
    def printed(self) -> str:
        """The text with the label that the format prints before it."""
        return f"{self.label} {self.text}".strip() if self.label else self.text


def blank(line: Line) -> Line:
    """An empty line in the place of `line`."""
    return Line(line.number, line.indent, "", page=line.page)


def row_text(cells: tuple[str, ...]) -> str:
    return CELL_EDGE.join(cell for cell in cells if cell)


def without_specks(text: str) -> str:
    return text.strip(INVISIBLE + SPECKS)


def has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def plain(text: str) -> str:
    """One line with single blanks, as a title is shown."""
    return " ".join(re.sub(r"\*\*|__", " ", text).strip("#*_ ").split())
