"""Blocks put into the tree of a policy: which part each belongs to and how that part is cited."""

from collections.abc import Sequence

from knowledge.parsing.blocks import MARKUP_LEVELS, Block, Shape
from knowledge.parsing.labels import label_of
from knowledge.parsing.lines import plain
from knowledge.parsing.list_numbering import ListNumbering
from knowledge.parsing.markers import Marker, Style
from knowledge.parsing.nesting import holds, is_above, is_loose
from knowledge.parsing.parts import (
    COUNTED_THROUGH,
    RELATIVE,
    Part,
    Placed,
    Run,
    counts_through,
    with_successor,
)
from knowledge.policy import OUTSIDE_SECTIONS, Defect

REVIEW_HEADING = "Review date"
_DEEPEST = 12
_OPENS_LIST = (":", "-", "–", "—")


class Outline:
    """Takes one block after the other; collects `placed` and `defects`."""

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        self.placed: list[Placed] = []
        self.defects: list[Defect] = []
        self._root = Part(OUTSIDE_SECTIONS, "", title)
        self._review = Part(OUTSIDE_SECTIONS, "", REVIEW_HEADING, self._root)
        self._stack = [self._root]
        self._counting = ListNumbering(self.defects)
        self._through = counts_through(blocks)
        self._continued = with_successor(blocks)
        self._taken: set[str] = set()
        self._last_top = ""
        self._opens_list = False

    def add(self, block: Block, next_labelled: Block | None) -> None:
        if block.marked:
            self._open_labelled(block, next_labelled)
        elif block.shape is Shape.HEADING:
            self._open_titled(block)
        elif block.shape is Shape.PARAGRAPH:
            self._close_finished_lists(block, next_labelled)
        if block.lines and block.shape is not Shape.HEADING:
            self._top.has_body = True
        self.placed.append(Placed(block, self._top))
        self._opens_list = block.text.rstrip()[-1:] in _OPENS_LIST

    def add_review(self, block: Block) -> None:
        self.placed.append(Placed(block, self._review))

    def note_no_structure(self, line: int) -> None:
        problem = "the policy has neither headings nor numbers"
        self.defects.append(Defect(line, problem, "it is cited by its title"))

    def _open_titled(self, block: Block) -> None:
        if block.level in MARKUP_LEVELS:
            self._leave_markup(block.level, None)
        else:
            while self._top.parent and self._ends_before(block):
                self._stack.pop()
        base = self._top.base
        label = base or OUTSIDE_SECTIONS
        self._push(Part(label, base, _title(block), self._top, level=block.level))

    def _ends_before(self, block: Block) -> bool:
        top = self._top
        return not top.titled or (top.marker is None and top.level >= block.level)

    def _open_labelled(self, block: Block, next_labelled: Block | None) -> None:
        if block.shape is Shape.HEADING:
            self._leave_titled(block)
        if block.readings[0].style in RELATIVE:
            marker = self._enter_list(block, next_labelled)
        else:
            marker = block.readings[0]
            self._enter_absolute(block, marker)
        run = self._counting.count(self._top, marker, block)
        label = label_of(marker, self._top, run, self._taken)
        self._note_label(label, run, block)
        title = _title(block) if block.shape is Shape.HEADING else ""
        through = self._through and marker.word in COUNTED_THROUGH
        base = self._top.base if through else label
        part = Part(label, base, title, self._top, marker, block.number)
        part.level, part.indent, part.run = block.level, block.indent, run
        run.led = run.led or self._opens_list
        self._push(part)

    def _note_label(self, label: str, run: Run, block: Block) -> None:
        if label in self._taken and not run.repeated:
            run.repeated = True
            problem = f"the number {label} appears twice"
            assumed = f"both are cited as {label}, with their headings"
            self.defects.append(Defect(block.number, problem, assumed))
        self._taken.add(label)
        if self._top.base == "":
            self._last_top = label

    def _leave_titled(self, block: Block) -> None:
        if block.level in MARKUP_LEVELS:
            self._leave_markup(block.level, block.readings[0])
        while self._top.parent and self._top.has_body and is_loose(self._top):
            self._stack.pop()

    def _enter_list(self, block: Block, next_labelled: Block | None) -> Marker:
        place = self._counting.place(self._stack, block, next_labelled)
        del self._stack[place.depth + 1 :]
        return place.marker

    def _enter_absolute(self, block: Block, marker: Marker) -> None:
        if marker.style is Style.DECIMAL:
            self._restore_number(block, marker)
        while self._top.parent and not holds(self._top, marker):
            self._stack.pop()

    def _restore_number(self, block: Block, marker: Marker) -> None:
        """A heading without number after section 6 and above "7.1" is 7."""
        above = self._top
        if above.marker or not above.titled or not above.parent or not marker.stem.isdigit():
            return
        if marker.ordinal > 1 or marker.stem in self._taken or block.shape is Shape.HEADING:
            return
        top = self._last_top.split(".")[0]
        if not top.isdigit() or int(marker.stem) != int(top) + 1:
            return
        above.label = above.base = self._last_top = marker.stem
        above.marker = Marker(Style.NUMBER, int(marker.stem), marker.stem, "")
        above.parent = self._root
        self._stack[1:] = [above]
        self._taken.add(marker.stem)
        self.defects.append(
            Defect(
                block.number,
                f"the heading “{above.title}” above {marker.label} has no number",
                f"it is {marker.stem}",
            )
        )

    def _leave_markup(self, level: int, marker: Marker | None) -> None:
        while self._top.parent and not is_above(self._top, level, marker):
            self._stack.pop()

    def _close_finished_lists(self, block: Block, next_labelled: Block | None) -> None:
        """A paragraph after the last item belongs to what the list stands in, unless earlier
        items of the list went on for several paragraphs as well."""
        while (run := self._top.run) and not self._top.titled and block.indent <= self._top.indent:
            if not self._is_finished(self._top, next_labelled):
                run.continued = True
                return
            self._stack.pop()

    def _is_finished(self, item: Part, next_labelled: Block | None) -> bool:
        run = item.run
        if run is None or run.style not in RELATIVE or run.continued:
            return False
        begins_anew = next_labelled is not None and _begins_like(next_labelled, run)
        return (run.count > 1 or run.led) and (begins_anew or item.line not in self._continued)

    def _push(self, part: Part) -> None:
        del self._stack[_DEEPEST:]
        self._stack.append(part)

    @property
    def _top(self) -> Part:
        return self._stack[-1]


def _begins_like(block: Block, run: Run) -> bool:
    return any(
        marker.ordinal == 1 and marker.style is run.style and marker.brackets == run.brackets
        for marker in block.readings
    )


def _title(block: Block) -> str:
    printed = block.marked.printed if block.marked else ""
    return plain(block.text or printed).rstrip(".:–— -")
