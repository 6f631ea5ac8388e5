"""Which part may stand in which, by number, by name and by the level of its heading."""

from knowledge.parsing.blocks import MARKUP_LEVELS
from knowledge.parsing.markers import Marker, Style
from knowledge.parsing.parts import CONTAINERS, Part

_RANK = {"part": 1, "appendix": 1, "annex": 1, "annexe": 1, "schedule": 1, "chapter": 2}
_ARTICLE_RANK, _SECTION_RANK, _INNER_RANK = 3, 4, 5
_INNER_WORDS = frozenset({"rule", "principle", "stage", "step", "clause", "paragraph"})


def is_loose(part: Part) -> bool:
    """A title without number or markup: a numbered section with a title ends it."""
    return part.marker is None and part.level not in MARKUP_LEVELS


def is_above(part: Part, level: int, marker: Marker | None) -> bool:
    if marker and marker.style is Style.DECIMAL and part.marker:
        return holds(part, marker)
    return part.level in MARKUP_LEVELS and part.level < level


def holds(part: Part, marker: Marker) -> bool:
    """A part labelled `marker` may stand below `part`."""
    anchor = part.anchor
    if anchor is None:
        return part.titled
    if marker.style is Style.NAMED:
        return part.titled and _rank(anchor) < _rank(marker)
    if marker.style is Style.CODE:
        return anchor.style is not Style.CODE and marker.label.startswith(anchor.label)
    if anchor.style is Style.NAMED:
        return anchor.word in CONTAINERS or marker.label.startswith(f"{anchor.ordinal}.")
    if marker.stem == anchor.label or anchor.label.isalpha():
        begins_alike = marker.label.startswith(anchor.label)
    else:
        begins_alike = marker.label.startswith((f"{_covered(part, anchor)}.", f"{anchor.label}("))
    return begins_alike and not _is_inner(part, anchor)


def _is_inner(part: Part, anchor: Marker) -> bool:
    """Item 3 of section 3.2 is no section 3."""
    own: Part | None = part
    while own is not None and own.marker is None:
        own = own.parent
    if own is None or anchor.style is not Style.NUMBER:
        return False
    return own.label.rpartition(" ")[2] != anchor.label


def _covered(part: Part, anchor: Marker) -> str:
    """ "1.0" heads 1.1, unless it is itself the first part of a chapter 1."""
    above = part.parent
    while above is not None:
        if above.marker is not None and str(above.marker.ordinal) == anchor.stem:
            return anchor.label
        above = above.parent
    return anchor.covers


def _rank(marker: Marker) -> int:
    if marker.word in _INNER_WORDS:
        return _INNER_RANK
    if marker.word == "article":
        return _ARTICLE_RANK
    return _RANK.get(marker.word, _SECTION_RANK)
