"""Lines grouped into blocks, by their own marks alone: what follows them is looked at later."""

import re
from collections.abc import Sequence

from knowledge.parsing.blocks import Block, Level, Shape
from knowledge.parsing.label_filter import Labels
from knowledge.parsing.lines import INVISIBLE, SPECKS, Line, has_words, without_specks
from knowledge.parsing.markers import Marked, Style, marked
from knowledge.parsing.wrapping import runs_on, wants_more, wrap_width
from knowledge.policy import Defect

_ATX = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"(?:[•●▪■◦∙·◆►➢➤✓✔❖○□‣⁃]|[-*+–—o§](?=\s))[\s]*(?:\[[ xX]\]\s)?")
_UNDERLINE = re.compile(r"(=|-){3,}$")
_BOLD_LINE = re.compile(r"(\*\*|__)(?=\S)([^*_]+)\1:?$")
_TABLE_ROW = re.compile(r"\|.*\|")
_MOST_LABELS = 3
_ROW_EDGE = "| " + INVISIBLE


class Layout:
    """Takes one line after the other; `blocks` and `defects` are what came of them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.blocks: list[Block] = []
        self.defects: list[Defect] = []
        self._width = wrap_width(lines)
        self._labels = Labels(lines)
        self._spaced = True

    def add(self, line: Line) -> None:
        if not has_words(line.text):
            self._add_rule(line)
        elif _TABLE_ROW.match(line.text):
            self._start(Shape.ROW, line, line.text.strip(_ROW_EDGE))
        elif heading := _ATX.match(line.text):
            title = line.text[heading.end() :].rstrip("# ")
            self._start(Shape.HEADING, line, title, level=len(heading[1]))
        else:
            self._add_text(line)

    def _add_rule(self, line: Line) -> None:
        underlined = _UNDERLINE.match(line.text)
        if underlined and not self._spaced and _can_be_underlined(self.blocks[-1]):
            self.blocks[-1].shape = Shape.HEADING
            self.blocks[-1].level = 1 if underlined[1] == "=" else 2
        self._spaced = True

    def _add_text(self, line: Line) -> None:
        label = self._label(line.text)
        bullet = None if label else _BULLET.match(line.text)
        if label:
            self._start_labelled(line, label)
        elif bullet and not self._cut_dash(line):
            self._start_bullet(line, line.text[bullet.end() :])
        elif bold := _BOLD_LINE.match(line.text):
            self._start(Shape.HEADING, line, bold[2].strip(), level=Level.BOLD)
        elif self._continues(line):
            self.blocks[-1].lines.append(self._cleaned(line, line.text))
        else:
            self._start(Shape.PARAGRAPH, line, line.text)

    def _start_bullet(self, line: Line, text: str) -> None:
        if label := self._label(text):
            self._start_labelled(line, label)
        else:
            self._start(Shape.BULLET, line, text)

    def _start_labelled(self, line: Line, label: Marked) -> None:
        for _ in range(_MOST_LABELS - 1):
            inner = _label_within(label)
            if inner is None:
                break
            self._note_label(line, label)
            self._start(Shape.ITEM, line, "", label)
            label = inner
        self._note_label(line, label)
        if line.text.startswith("**") and label.rest.endswith("**"):
            self._start(Shape.HEADING, line, label.rest.strip("*"), label, Level.BOLD)
        else:
            self._start(Shape.ITEM, line, label.rest, label)

    def _note_label(self, line: Line, label: Marked) -> None:
        self._labels.believe(label)
        if label.glued:
            problem = f"no blank between “{label.printed}” and the text"
            self.defects.append(Defect(line.number, problem, f"“{label.printed}” is the number"))

    def _start(
        self, shape: Shape, line: Line, text: str, label: Marked | None = None, level: int = 0
    ) -> None:
        if shape is Shape.HEADING and label is None and (label := self._labels.of_heading(text)):
            self._note_label(line, label)
            text = label.rest
        block = Block(shape, line.number, line.indent, self._spaced, [], label, level)
        if has_words(text):
            block.lines.append(self._cleaned(line, text))
        self.blocks.append(block)
        self._spaced = False

    def _cleaned(self, line: Line, text: str) -> Line:
        clean = without_specks(text)
        if strays := set(text) & set(SPECKS) - set(clean):
            problem = f"a stray “{strays.pop()}” beside the text"
            self.defects.append(Defect(line.number, problem, "it is decoration"))
        return Line(line.number, line.indent, clean)

    def _continues(self, line: Line) -> bool:
        if self._spaced or not self.blocks:
            return False
        block = self.blocks[-1]
        if block.shape in (Shape.HEADING, Shape.ROW):
            return False
        if not block.lines:
            return True
        return runs_on(block.lines[-1], line, self._width) or (
            block.shape is not Shape.PARAGRAPH and line.indent > block.indent
        )

    def _cut_dash(self, line: Line) -> bool:
        """A dash that begins a line because the line before was full is no bullet."""
        return (
            line.text[0] in "-–—"
            and not self._spaced
            and self.blocks[-1].shape is not Shape.BULLET
            and bool(self.blocks[-1].lines)
            and wants_more(self.blocks[-1].lines[-1].text)
            and self._continues(line)
        )

    def _label(self, text: str) -> Marked | None:
        if self._spaced or not self.blocks or not self.blocks[-1].lines:
            return self._labels.at_start(text)
        label = self._labels.within(text)
        cut = wants_more(self.blocks[-1].lines[-1].text)
        return None if label and cut and not _is_next(label, self.blocks[-1]) else label


def layout(lines: Sequence[Line]) -> Layout:
    grouped = Layout(lines)
    for line in lines:
        grouped.add(line)
    return grouped


def _label_within(label: Marked) -> Marked | None:
    """The second label of "4. (a) Keep records"; the same label again would be words."""
    inner = marked(label.rest)
    if inner is None or "(" not in inner.printed or not inner.rest:
        return None
    begins = inner.readings[-1].ordinal == 1
    return inner if begins and inner.readings[-1].style not in _styles(label) else None


def _styles(label: Marked) -> set[Style]:
    return {marker.style for marker in label.readings}


def _is_next(label: Marked, last: Block) -> bool:
    return any(
        before.style is now.style and before.ordinal + 1 == now.ordinal
        for before in last.readings
        for now in label.readings
    )


def _can_be_underlined(block: Block) -> bool:
    return (
        block.shape in (Shape.PARAGRAPH, Shape.ITEM)
        and len(block.lines) == 1
        and block.lines[0].text[-1] not in ".;,"
    )
