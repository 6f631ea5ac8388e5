"""Blocks of one part gathered into its clause, sentences with the lead-in they need."""

from collections.abc import Sequence
from itertools import groupby

from knowledge.parsing.audience import audience
from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.obligation import obligation
from knowledge.parsing.parts import Part, Placed
from knowledge.parsing.sentences import sentences
from knowledge.policy import Clause, Obligation, Sentence

_NO_LEAD = Sentence("", Obligation.INFORMATION)
_ENDS = '.?!;,”"'
_LONGEST_LEAD = 400
_LAST_WORDS_OF_LEAD = frozenset(
    {"must", "should", "not", "don't", "shall", "never", "may", "always", "to", "for"}
)


class Reader:
    """Reads the blocks in order and remembers which sentence introduces the list at hand."""

    def __init__(self) -> None:
        self._opening: Sentence | None = None
        self._opening_indent = -1
        self._bullets: list[tuple[int, Sentence]] = []

    def read(self, placed: Placed) -> list[Sentence]:
        block = placed.block
        lead = self._lead(block, placed.part)
        if block.shape is Shape.HEADING:
            self._opening = _heading_as_lead(placed.part.title)
            self._opening_indent = -1
            return []
        texts = [block.text] if block.shape is Shape.ROW else sentences(block.text)
        read = [
            Sentence(text, obligation(text), "") if index else _led(text, lead)
            for index, text in enumerate(texts)
        ]
        opens = bool(read) and _opens_list(read[-1].text, block.shape)
        self._opening = read[-1] if opens else None
        self._opening_indent = block.indent if block.shape is Shape.BULLET else -1
        return read

    def _lead(self, block: Block, part: Part) -> Sentence:
        if block.shape is Shape.BULLET:
            return self._bullet_lead(block)
        self._bullets.clear()
        if block.shape is not Shape.ITEM or part.run is None:
            return _NO_LEAD
        if part.run.lead is None:
            part.run.lead = self._opening or _NO_LEAD
        return part.run.lead

    def _bullet_lead(self, block: Block) -> Sentence:
        """A bullet that opens a list of its own leads in the deeper bullets below it."""
        while self._bullets and block.indent < self._bullets[-1][0]:
            self._bullets.pop()
        if self._opening and block.indent > self._opening_indent:
            self._bullets.append((block.indent, self._opening))
        return self._bullets[-1][1] if self._bullets else _NO_LEAD


def _led(text: str, lead: Sentence) -> Sentence:
    return Sentence(text, obligation(text, lead), lead.text)


def _opens_list(sentence: str, shape: Shape) -> bool:
    """Items often end without a full stop, so that only a colon makes one a lead-in."""
    if shape is not Shape.PARAGRAPH:
        return sentence.rstrip("*_-– ").endswith(":")
    return len(sentence) <= _LONGEST_LEAD and sentence.rstrip("*_-– ")[-1:] not in _ENDS


def _heading_as_lead(title: str) -> Sentence | None:
    """A heading such as "Employees must not" introduces the bullets below it."""
    bound = obligation(title)
    words = title.lower().replace("’", "'").split()
    if bound is Obligation.INFORMATION or words[-1] not in _LAST_WORDS_OF_LEAD:
        return None
    return Sentence(title, bound)


def clauses_of(placed: Sequence[Placed]) -> tuple[Clause, ...]:
    reader = Reader()
    read = [(each, reader.read(each)) for each in placed]
    written = [(each, said) for each, said in read if said]
    return tuple(
        _clause(part, list(group))
        for part, group in groupby(written, key=lambda pair: pair[0].part)
    )


def _clause(part: Part, group: Sequence[tuple[Placed, list[Sentence]]]) -> Clause:
    path = part.path
    lines = [line for placed, _ in group for line in placed.block.lines]
    return Clause(
        section=part.label,
        heading=path[-1],
        path=path,
        text="\n".join(line.text for line in lines),
        audience=audience(path if part.parent else ()),
        sentences=tuple(sentence for _, said in group for sentence in said),
        line=lines[0].number,
    )
