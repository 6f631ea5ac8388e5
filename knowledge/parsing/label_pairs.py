"""Labels that belong together: two at the beginning of one line, or one after the other."""

from knowledge.parsing.blocks import Block
from knowledge.parsing.markers import Marked, Style, marked


def label_within(label: Marked) -> Marked | None:
    """The second label of "4. (a) Keep records" and of "ARTICLE II - Section 1"; the same label
    again would be words."""
    inner = marked(label.rest)
    if inner is None:
        return None
    outer, first = label.readings[0], inner.readings[-1]
    if outer.style is Style.NAMED and inner.readings[0].style is Style.NAMED:
        return inner if outer.word != inner.readings[0].word else None
    if "(" not in inner.printed or not inner.rest or first.style is Style.DECIMAL:
        return None
    return inner if first.ordinal == 1 and first.style not in _styles(label) else None


def _styles(label: Marked) -> set[Style]:
    """Numbers may hold numbers in brackets: "6.-(1)"."""
    return {marker.style for marker in label.readings} - {Style.NUMBER}


def is_next(label: Marked, last: Block) -> bool:
    """The next label of its kind, or the first below "5.": "5.1"."""
    return any(
        (before.style is now.style and before.ordinal + 1 == now.ordinal)
        or now.stem == before.label
        for before in last.readings
        for now in label.readings
    )
