"""Groups lines into blocks by their own marks; find_headings looks at what follows them later."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.blocks import Block, Level, Shape
from knowledge.parsing.label_filter import Labels
from knowledge.parsing.label_pairs import is_next, label_within
from knowledge.parsing.lines import SPECKS, Line, has_words, row_text, without_specks
from knowledge.parsing.markers import Marked, Style, labelled, marked
from knowledge.parsing.titles import is_capitals, is_titular
from knowledge.parsing.wrapping import Hyphens, is_torn, is_unfinished, runs_on, wrap_width
from knowledge.policy import Defect

_BULLET = re.compile(r"(?:[\ue000-\uf8ff•●▪■◦∙·◆►➢➤✓✔❖○□‣⁃]|[-*+–—o§](?=\s))[\s]*(?:\[[ xX]\]\s)?")
_MOST_LABELS = 3
_MOST_BOLD_WORDS = 14


class Layout:
    """Takes one line after the other; collects `blocks` and `defects`."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.blocks: list[Block] = []
        self.defects: list[Defect] = []
        self._width = wrap_width(lines)
        self._hyphens = Hyphens(lines)
        self._labels = Labels(lines)
        self._spaced = True

    def add(self, line: Line) -> None:
        if line.cells:
            self._add_row(line)
        elif not has_words(line.printed):
            self._spaced = True
        elif line.heading:
            self._add_heading(line)
        elif line.label and (label := labelled(line.label, line.text)):
            self._start_labelled(line, label)
        elif line.bullet:
            self._start_bullet(line, line.text)
        else:
            self._add_text(line)

    def _add_heading(self, line: Line) -> None:
        """A title on the line below "ARTICLE I" is the title of the article."""
        label = labelled(line.label, line.text) if line.label else None
        above = self.blocks[-1] if self.blocks else None
        lone = above and above.shape is Shape.HEADING and above.marked and not above.lines
        if above and lone and label is None and above.level == line.heading:
            label = self._labels.of_heading(line.text)
            if label is None:
                above.lines.append(self._cleaned(line, line.text))
                return
        self._start(Shape.HEADING, line, line.text, label, level=line.heading)

    def _add_row(self, line: Line) -> None:
        """A row whose first cell is a label alone is an item, not a row of data."""
        cells = [cell for cell in line.cells if cell]
        label = self._labels.alone(cells[0]) if len(cells) > 1 and not line.header else None
        if label:
            item = Marked(label.readings, label.printed, row_text(tuple(cells[1:])), glued=False)
            self._start_labelled(line, item)
        elif has_words(row_text(line.cells)):
            self._start(Shape.ROW, line, row_text(line.cells))

    def _add_text(self, line: Line) -> None:
        label = self._label(line)
        bullet = None if label else _BULLET.match(line.text)
        if label:
            self._start_labelled(line, label)
        elif bullet and not self._is_cut_dash(line):
            self._start_bullet(line, line.text[bullet.end() :])
        elif self._belongs_to_lone_label(line) or (not line.bold and self._continues(line)):
            self._append(line)
        elif line.bold and _could_be_heading(line.text):
            self._start(Shape.HEADING, line, line.text, level=Level.BOLD)
        else:
            self._start(Shape.PARAGRAPH, line, line.text)

    def _start_bullet(self, line: Line, text: str) -> None:
        label = self._labels.at_start(text) or self._labels.alone(text)
        if label:
            self._start_labelled(line, label)
        elif has_words(text):
            self._start(Shape.BULLET, line, text)

    def _start_labelled(self, line: Line, label: Marked) -> None:
        for _ in range(_MOST_LABELS - 1):
            inner = label_within(label)
            if inner is None:
                break
            self._note_label(line, label)
            self._start(Shape.ITEM, line, "", label)
            label = inner
        self._note_label(line, label)
        if line.bold and _could_be_heading(label.rest):
            self._start(Shape.HEADING, line, label.rest, label, Level.BOLD)
        else:
            self._start(Shape.ITEM, line, label.rest, label)

    def _note_label(self, line: Line, label: Marked) -> None:
        self._labels.accept(label)
        if label.glued:
            problem = f"no blank between “{label.printed}” and the text"
            self.defects.append(Defect(line.number, problem, f"“{label.printed}” is the number"))

    def _start(
        self, shape: Shape, line: Line, text: str, label: Marked | None = None, level: int = 0
    ) -> None:
        if shape is Shape.HEADING and label is None and (label := self._labels.of_heading(text)):
            self._start_labelled_heading(line, label, level)
            return
        if shape is Shape.HEADING and label:
            self._labels.accept(label)
        block = Block(shape, line.number, line.indent, self._spaced, [], label, level)
        if has_words(text):
            block.lines.append(self._cleaned(line, text))
        self.blocks.append(block)
        self._spaced = False

    def _start_labelled_heading(self, line: Line, label: Marked, level: int) -> None:
        """ "ARTICLE II - Section 1. Members" opens two parts; the title belongs to the inner."""
        inner = label_within(label)
        if inner:
            self._note_label(line, label)
            self._start(Shape.HEADING, line, "", label, level)
            label = inner
        self._note_label(line, label)
        self._start(Shape.HEADING, line, label.rest, label, level)

    def _append(self, line: Line) -> None:
        block = self.blocks[-1]
        clean = self._cleaned(line, line.text)
        if block.lines and block.lines[-1].text.endswith("-"):
            block.lines[-1], clean = self._hyphens.joined(block.lines[-1], clean)
        if clean.text:
            block.lines.append(clean)
        self._spaced = False

    def _cleaned(self, line: Line, text: str) -> Line:
        clean = without_specks(text)
        if strays := set(text) & set(SPECKS) - set(clean):
            problem = f"a stray “{strays.pop()}” beside the text"
            self.defects.append(Defect(line.number, problem, "it is decoration"))
        return replace(line, text=clean)

    def _belongs_to_lone_label(self, line: Line) -> bool:
        """A label alone on its line takes the paragraph below it."""
        if not self.blocks or self.blocks[-1].lines or not self.blocks[-1].marked:
            return False
        named = self.blocks[-1].readings[0].style is Style.NAMED
        return not named or not self._spaced or _is_title_below(line)

    def _continues(self, line: Line) -> bool:
        block = self.blocks[-1] if self.blocks else None
        if block is None or block.shape in (Shape.HEADING, Shape.ROW) or not block.lines:
            return False
        if self._spaced:
            return line.joins is None and is_torn(block.lines[-1].text, line.text)
        if line.joins is not None:
            return line.joins
        return runs_on(block.lines[-1], line, self._width) or (
            block.shape is not Shape.PARAGRAPH and line.indent > block.indent
        )

    def _is_cut_dash(self, line: Line) -> bool:
        """A dash that begins a line because the line before was full is no bullet."""
        return (
            line.text[0] in "-–—"
            and not self._spaced
            and self.blocks[-1].shape is not Shape.BULLET
            and bool(self.blocks[-1].lines)
            and is_unfinished(self.blocks[-1].lines[-1].text)
            and self._continues(line)
        )

    def _label(self, line: Line) -> Marked | None:
        text = line.text
        if self._spaced or not self.blocks or not self.blocks[-1].lines or line.joins is False:
            return self._labels.at_start(text) or self._first_of_list(text)
        label = self._labels.within(text) or self._first_of_list(text)
        last = self.blocks[-1]
        if label is None or last.shape is Shape.HEADING or not is_unfinished(last.lines[-1].text):
            return label
        first = label.readings[0]
        begins = label.readings[-1].ordinal == 1 and (
            ")" in first.brackets or (first.stem == "" and line.indent > last.indent)
        )
        return label if begins or is_next(label, last) else None

    def _first_of_list(self, text: str) -> Marked | None:
        """ "a." and "1." below a line that ends in a colon, even where no "b." follows."""
        above = self.blocks[-1].lines if self.blocks else []
        opened = bool(above) and above[-1].text.endswith((":", "-", "–", "—"))
        label = marked(text) if opened else None
        if label is None or not label.rest:
            return None
        first = label.readings[-1]
        counted = first.label.islower() or first.style is Style.NUMBER
        return label if counted and first.ordinal == 1 and first.brackets else None


def layout(lines: Sequence[Line]) -> Layout:
    grouped = Layout(lines)
    for line in lines:
        grouped.add(line)
    return grouped


def _is_title_below(line: Line) -> bool:
    """ "WARRANTS" below "ARTICLE I": bold or in capitals."""
    return is_titular(line.text) and (line.bold or is_capitals(line.text))


def _could_be_heading(text: str) -> bool:
    """Bold text may also be an important sentence, which must stay a sentence."""
    words = text.split()
    if not words or not (text[0].isalnum() or text[0] in "“\"‘'"):
        return False
    return len(words) <= _MOST_BOLD_WORDS and (text[-1] not in ".;,!" or len(words) <= 4)
