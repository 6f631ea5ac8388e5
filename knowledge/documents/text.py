"""Plain text as lines. The parser sees labels and bullets in the text itself; underlines and
tables drawn with bars are seen here."""

import re
from dataclasses import replace

from knowledge.documents.frontmatter import front_matter
from knowledge.parsing.document import Document
from knowledge.parsing.lines import INVISIBLE, TAB, Line, blank, has_words

_QUOTE_MARK = re.compile(r"(?:>\s?)+")
_UNDERLINE = re.compile(r"(=|-){3,}$")
_ROW = re.compile(r"\|.*\|$")
_LONGEST_TITLE = 120


def read_text(text: str) -> Document:
    front = front_matter(text_lines(text))
    return Document(tuple(_with_underlined(front.lines)), front.title)


def text_lines(text: str) -> list[Line]:
    """The lines, which "\\n" ends, as an editor numbers them and without what surrounds them."""
    lines: list[Line] = []
    has_pages, page = "\f" in text, 1
    for number, raw in enumerate(text.split("\n"), start=1):
        page += raw.count("\f")
        lines.append(_line(number, raw, page if has_pages else 0))
    return lines


def _line(number: int, raw: str, page: int) -> Line:
    if not raw:
        return Line(number, 0, "", page=page)
    text = raw.lstrip(INVISIBLE)
    indent = len(raw[: len(raw) - len(text)].expandtabs(TAB))
    if quoted := _QUOTE_MARK.match(text):
        text = text[quoted.end() :].lstrip(INVISIBLE)
    text = text.rstrip(INVISIBLE)
    if _ROW.match(text):
        cells = tuple(cell.strip(INVISIBLE) for cell in text.strip("|").split("|"))
        return Line(number, indent, text.strip("| "), cells=cells, page=page)
    return Line(number, indent, text, page=page)


def _with_underlined(lines: tuple[Line, ...]) -> list[Line]:
    """A short line above a row of "=" or "-" is a heading."""
    read = list(lines)
    for index in range(1, len(read)):
        rule = _UNDERLINE.match(read[index].text)
        title = read[index - 1]
        alone = index == 1 or not has_words(read[index - 2].text)
        if rule and alone and has_words(title.text) and _could_be_title(title.text):
            read[index - 1] = replace(title, heading=1 if rule[1] == "=" else 2)
            read[index] = blank(read[index])
    return read


def _could_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in ".;,"
