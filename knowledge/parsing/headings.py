"""Which blocks are headings. Whether a short line is one depends on what stands below it,
so the blocks are read from the last to the first."""

from collections.abc import Sequence, Set
from itertools import pairwise

from knowledge.parsing.blocks import MARKUP_LEVELS, Block, Level, Shape, follows
from knowledge.parsing.contents import title_key
from knowledge.parsing.markers import Style
from knowledge.parsing.titles import (
    is_capitals,
    is_plain_title,
    is_sentence,
    is_stopped_title,
    is_titular,
)

_MOST_WORDS_IN_BULLET = 8
_MOST_WORDS_BEFORE_COLON = 4


def find_headings(blocks: Sequence[Block], listed: Set[str]) -> None:
    """Settles the shape of each block; `listed` are the keys of the titles in the contents."""
    _promote_bullets(blocks)
    for index in range(len(blocks) - 1, -1, -1):
        above = blocks[index - 1] if index else None
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        _settle(blocks[index], above, below, listed)


def _settle(block: Block, above: Block | None, below: Block | None, listed: Set[str]) -> None:
    if block.settled:
        return
    if block.shape is Shape.HEADING and is_sentence(block.text):
        block.shape = Shape.ITEM if block.marked else Shape.PARAGRAPH
        block.level = 0
    elif below and _is_titled(block, above, below, listed) and _has_body(block, below):
        block.shape = Shape.HEADING
        block.level = block.level or _level_by_looks(block)
    elif block.shape is Shape.HEADING:
        block.shape = Shape.ITEM if block.marked else Shape.PARAGRAPH


def _is_titled(block: Block, above: Block | None, below: Block, listed: Set[str]) -> bool:
    if block.shape is Shape.HEADING:
        return True
    if not block.lines:
        return block.marked is not None and block.readings[0].style is Style.NAMED
    if block.shape in (Shape.BULLET, Shape.ROW) or len(block.lines) != 1:
        return False
    if title_key(block.text) in listed:
        return True
    if block.marked:
        return _is_labelled_title(block, above, below)
    return _stands_out(block, above)


def _is_labelled_title(block: Block, above: Block | None, below: Block) -> bool:
    if above and not block.spaced and follows(block, above) and not _is_deeper(above, block):
        return False
    if below.marked and not below.spaced and _counts_alike(block, below):
        return False
    if block.text.endswith("."):
        return not below.marked and _is_upper_label(block) and is_stopped_title(block.text)
    if block.text.endswith(":"):
        listing = below.marked or below.shape in (Shape.BULLET, Shape.ROW)
        return not listing and len(block.text.split()) <= _MOST_WORDS_BEFORE_COLON
    if block.text.endswith("?") and (below.marked or below.shape is Shape.BULLET):
        return False
    return is_titular(block.text)


def _is_upper_label(block: Block) -> bool:
    """ "(a) Keys." is hardly a heading, "1. Keys." is."""
    return not block.readings[0].label.islower()


def _counts_alike(block: Block, below: Block) -> bool:
    """A list in a list, both with numbers: the upper item is no title."""
    upper, lower = block.readings[0], below.readings[0]
    return upper.style is lower.style is Style.NUMBER and block.level not in MARKUP_LEVELS


def _stands_out(block: Block, above: Block | None) -> bool:
    text = block.text.rstrip(":") if is_capitals(block.text) else block.text
    if not is_plain_title(text) or (above and above.text.endswith(":")):
        return False
    return is_capitals(text) or block.spaced or above is None or above.text[-1:] in ".?!"


def _has_body(block: Block, below: Block) -> bool:
    """The block below belongs to this title and is not the next title of its kind."""
    if below.shape is not Shape.HEADING and not below.marked:
        return True
    if (
        block.level in MARKUP_LEVELS
        and below.shape is Shape.HEADING
        and below.level in MARKUP_LEVELS
    ):
        nested = block.marked and below.marked and _is_deeper(block, below)
        return below.level > block.level or bool(nested)
    if not below.marked:
        return bool(block.marked) or below.level > (block.level or _level_by_looks(block))
    return not block.marked or _is_deeper(block, below)


def _is_deeper(block: Block, below: Block) -> bool:
    upper, lower = block.readings[0], below.readings[0]
    if lower.style is Style.DECIMAL and upper.style is Style.DECIMAL:
        return lower.label.startswith(f"{upper.covers}.") or lower.stem == upper.label
    if follows(below, block):
        return False
    if lower.style is Style.DECIMAL:
        return True
    if lower.style in (Style.NAMED, Style.CODE):
        return upper.style is Style.NAMED and upper.word != lower.word
    if upper.style is Style.NAMED:
        return True
    return any(marker.ordinal <= 1 for marker in below.readings)


def _level_by_looks(block: Block) -> int:
    return Level.CAPITALS if is_capitals(block.text) else Level.PLAIN


def _promote_bullets(blocks: Sequence[Block]) -> None:
    """Bullets that stand alone above paragraphs are titles, where a file has several of them."""
    alone = [
        block
        for index, (block, below) in enumerate(pairwise(blocks))
        if block.shape is Shape.BULLET
        and _is_short_title(block)
        and below.shape is Shape.PARAGRAPH
        and below.spaced
        and below.indent <= block.indent
        and (index == 0 or blocks[index - 1].shape is not Shape.BULLET)
    ]
    if len(alone) > 1:
        for block in alone:
            block.shape, block.level = Shape.HEADING, Level.BULLET


def _is_short_title(block: Block) -> bool:
    text = block.text.rstrip(".:")
    return len(block.lines) == 1 and is_titular(text) and len(text.split()) <= _MOST_WORDS_IN_BULLET
