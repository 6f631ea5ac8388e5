"""Compares the list of contents with the headings."""

from collections.abc import Iterable, Sequence

from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.contents import Entry, title_key
from knowledge.policy import Defect


def check_contents(blocks: Sequence[Block], entries: Sequence[Entry]) -> list[Defect]:
    """Gives headings the numbers that only the contents list prints, and reports it."""
    headings = [block for block in blocks if block.shape is Shape.HEADING]
    by_key = {title_key(heading.text): heading for heading in reversed(headings)}
    by_label = {_label(heading): heading for heading in reversed(headings) if heading.marked}
    found: set[int] = set()
    defects: list[Defect] = []
    for entry in entries:
        heading = by_key.get(entry.key) or by_label.get(entry.label)
        if heading is None or not _alike(entry, heading):
            defects.append(_without_section(entry))
        else:
            found.add(heading.number)
            defects.extend(_restore_number(heading, entry))
    return [*defects, *_without_entry(headings, found, entries)]


def _label(heading: Block) -> str:
    return heading.readings[0].label if heading.readings else ""


def _alike(entry: Entry, heading: Block) -> bool:
    """The headings of a policy are often longer than what its contents call them."""
    listed, printed = set(entry.key.split()), set(title_key(heading.text).split())
    return 2 * len(listed & printed) >= min(len(listed), len(printed))


def _without_section(entry: Entry) -> Defect:
    problem = f"the contents list “{entry.title}”, but no section has this title"
    return Defect(entry.line, problem, "no section is missing")


def _restore_number(heading: Block, entry: Entry) -> Iterable[Defect]:
    if entry.marked is None or _label(heading) == entry.label:
        return
    if heading.marked and heading.readings[0].ordinal == entry.marked.readings[0].ordinal:
        return  # "1" in the contents, "Chapter 1" here
    if heading.marked:
        problem = f"“{heading.text}” is {_label(heading)} here, but {entry.label} in the contents"
        yield Defect(heading.number, problem, f"the number is {_label(heading)}")
        return
    heading.marked = entry.marked
    problem = f"the heading “{heading.text}” has lost its number"
    yield Defect(heading.number, problem, f"it is {entry.label}, as the contents say")


def _without_entry(
    headings: Sequence[Block], found: set[int], entries: Sequence[Entry]
) -> Iterable[Defect]:
    """Headings are expected in the contents only if it lists others of the same kind."""
    kinds = {entry.marked.readings[0].style for entry in entries if entry.marked}
    for heading in headings:
        if heading.number not in found and heading.readings and heading.readings[0].style in kinds:
            problem = f"the section “{heading.text}” is missing from the contents"
            yield Defect(heading.number, problem, f"its number is {_label(heading)}, as printed")
