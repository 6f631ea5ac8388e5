"""Gathers the blocks of each part into a clause, its sentences with their lead-ins."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from knowledge.parsing.audience import audience
from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.lead_ins import LeadIns
from knowledge.parsing.lines import row_text
from knowledge.parsing.obligation import row_obligation
from knowledge.parsing.parts import Part, Placed
from knowledge.parsing.sentences import sentences
from knowledge.policy import Clause, Paragraph, Sentence


def clauses_of(placed: Sequence[Placed]) -> tuple[Clause, ...]:
    lead_ins = LeadIns()
    read = [(each, _read(each, lead_ins)) for each in placed]
    written = [(each, said) for each, said in read if said]
    return tuple(
        _clause(part, list(group))
        for part, group in groupby(written, key=lambda pair: pair[0].part)
    )


def _read(placed: Placed, lead_ins: LeadIns) -> list[Sentence]:
    block, part = placed.block, placed.part
    if block.shape is Shape.HEADING:
        lead_ins.heading(part)
        return []
    lead = lead_ins.lead(block, part)
    if block.shape is Shape.ROW:
        said = [_row(block)]
    else:
        said = [
            lead.after_first(text) if index else lead.applied_to(text)
            for index, text in enumerate(sentences(block.text))
        ]
    lead_ins.read(block, part, said, lead)
    return said


def _row(block: Block) -> Sentence:
    """A table row is one sentence, its header row the lead-in."""
    line = block.lines[0]
    header = row_text(line.header) if line.header != line.cells else ""
    return Sentence(block.text, row_obligation(block.text), header)


def _clause(part: Part, group: Sequence[tuple[Placed, list[Sentence]]]) -> Clause:
    path = part.path
    lines = [line for placed, _ in group for line in placed.block.lines]
    said = tuple(sentence for _, each in group for sentence in each)
    text = "\n".join(line.text for line in lines)
    return Clause(
        section=part.label,
        heading=path[-1],
        path=path,
        text=text,
        audience=audience(path if part.parent else ()),
        sentences=said,
        line=lines[0].number,
        page=lines[0].page,
        lead_ins=_lead_ins(said, text),
        paragraphs=tuple(_paragraphs([placed.block for placed, _ in group])),
    )


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    end = 0
    for block in blocks:
        start, end = end, end + len(block.lines)
        yield Paragraph(start, end, block.shape is Shape.BULLET)


def _lead_ins(said: Sequence[Sentence], text: str) -> tuple[str, ...]:
    """What introduces the clause's sentences and stands above the clause, not in it."""
    own = " ".join(text.split())
    above = [part for each in said for part in each.lead_in.split("\n") if part]
    return tuple(dict.fromkeys(part for part in above if " ".join(part.split()) not in own))
