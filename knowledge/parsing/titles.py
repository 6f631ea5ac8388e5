"""Which lines are titles, and which of them is the title of the policy."""

import re
from collections.abc import Sequence

from knowledge.parsing.blocks import Block, Level, Shape
from knowledge.parsing.imperatives import commands, is_negative
from knowledge.parsing.lines import plain
from knowledge.parsing.markers import Style
from knowledge.parsing.review_date import is_review_line

_MOST_WORDS = 12
_MOST_WORDS_BEFORE_STOP = 5
_LONGEST = 100
_HEAD = 4
_ENDS_A_SENTENCE = ".;:,!-–—"
_ADDRESS = re.compile(r"@|https?:|www\.|\d{5}|\d{4} \d{3}| \| |\t|^tel\b|^phone\b", re.IGNORECASE)
_STATEMENT = re.compile(
    r"\b(?:must|should|shall|will|may|can|cannot|are|is|was|were|has|have|do|does)\b"
)
_BINDS = re.compile(r"\b(?:must|shall|should)\b")
_QUESTION = re.compile(r"(?:what|how|who|why|when|where|which|things?)\b", re.IGNORECASE)
_NAMES_A_POLICY = re.compile(
    r"\b(?:policy|policies|guidance|guidelines?|code|procedures?|protocol|strategy|handbook|rules"
    r"|standards?|scheme|framework)\b",
    re.IGNORECASE,
)

_NAMES_AN_ISSUER = re.compile(
    r"\b(?:council|borough|department|directorate|division)\b", re.IGNORECASE
)
# "HAVERSTOKE AND RYEDEN COUNCIL": who issued the policy, and nothing else.
_ISSUER = re.compile(
    r"[\w’'.,& -]*\b(?:council|borough|authority|corporation|department|directorate|division)",
    re.IGNORECASE,
)


def is_titular(text: str) -> bool:
    """Short, capitalised, no sentence: what may stand as a title where a body follows."""
    words = text.split()
    return (
        0 < len(words) <= _MOST_WORDS
        and len(text) <= _LONGEST
        and text[-1] not in _ENDS_A_SENTENCE
        and (text[0].isupper() or text[0].isdigit() or text[0] in "“\"‘'")
        and any(character.isalpha() for character in text)
    )


def is_stopped_title(text: str) -> bool:
    """A title that ends in a full stop, as "2. KEYS." does."""
    title = text[:-1]
    words = title.split()
    if not text.endswith(".") or len(words) > _MOST_WORDS_BEFORE_STOP or not is_titular(title):
        return False
    verbs = _STATEMENT.search(title) or (len(words) > 1 and commands(title)) or is_negative(title)
    return is_capitals(title) or not verbs


def is_plain_title(text: str) -> bool:
    """A title that nothing but its looks marks as one, so that sentences are kept out."""
    if not is_titular(text) or _ADDRESS.search(text) or is_review_line(text):
        return False
    return _STATEMENT.search(text) is None or _QUESTION.match(text) is not None


def is_sentence(text: str) -> bool:
    """A whole sentence in the style of a heading must stay a sentence, so that it can be quoted."""
    words = text.split()
    long = len(words) > _MOST_WORDS
    if text[-1:] in ".;":
        return long or (len(words) > _MOST_WORDS_BEFORE_STOP and bool(_STATEMENT.search(text)))
    return len(words) > 2 * _MOST_WORDS or (long and bool(_BINDS.search(text)))


def is_capitals(text: str) -> bool:
    return text.isupper() and sum(character.isalpha() for character in text) >= 4


def take_title(blocks: list[Block]) -> str:
    """The policy's title, its block taken out of `blocks`; empty where none is printed."""
    if _is_coded_title(blocks[:2]):
        return _take(blocks, 0)
    heading = _only_top_heading(blocks)
    if heading is not None:
        return _take(blocks, _below_issuer(blocks, heading))
    candidates: list[int] = []
    for index, block in enumerate(blocks[:_HEAD]):
        if not _may_be_the_title(block):
            break
        candidates.append(index)
    if not candidates or len(candidates) == len(blocks):
        return ""
    named = [index for index in candidates if _NAMES_A_POLICY.search(blocks[index].text)]
    others = [index for index in candidates if not _ISSUER.fullmatch(blocks[index].text)]
    chosen = (named or others or candidates)[0]
    for index in candidates:
        if index < chosen or _belongs_to_title(blocks[index]):
            blocks[index].shape, blocks[index].settled = Shape.PARAGRAPH, True
    return _take(blocks, chosen)


def _belongs_to_title(block: Block) -> bool:
    return not block.spaced or _NAMES_AN_ISSUER.search(block.text) is not None


def _is_coded_title(first_two: Sequence[Block]) -> bool:
    """A reference such as "HR.POL.007" before the title, and no text of its own below it."""
    coded = [block.readings and block.readings[0].style is Style.CODE for block in first_two]
    return len(coded) == 2 and all(coded) and is_titular(first_two[0].text)


def _only_top_heading(blocks: Sequence[Block]) -> int | None:
    """The heading above all others, or the first of them where it has no body of its own."""
    marked_up = [index for index, block in enumerate(blocks) if 0 < block.level < Level.CAPITALS]
    if not marked_up or len(blocks) == 1 or marked_up[0] > _HEAD:
        return None
    first = blocks[marked_up[0]]
    lower = all(blocks[index].level > first.level for index in marked_up[1:])
    stacked = marked_up[:2] == [0, 1] and blocks[1].level == first.level
    return marked_up[0] if (lower or stacked) and not first.marked else None


def _below_issuer(blocks: list[Block], heading: int) -> int:
    """The title's place: that of `heading`, or of the heading below it where that one says only
    who issued the policy."""
    if heading + 1 == len(blocks) or not _ISSUER.fullmatch(plain(blocks[heading].text)):
        return heading
    below = blocks[heading + 1]
    if below.shape is not Shape.HEADING or below.marked or not is_titular(plain(below.text)):
        return heading
    blocks[heading].shape, blocks[heading].settled = Shape.PARAGRAPH, True
    return heading + 1


def _may_be_the_title(block: Block) -> bool:
    if len(block.lines) != 1 or block.shape not in (Shape.PARAGRAPH, Shape.HEADING):
        return False
    if block.marked or 0 < block.level < Level.CAPITALS:
        return False
    text = block.text
    return is_titular(text) and not is_review_line(text) and not _ADDRESS.search(text)


def _take(blocks: list[Block], index: int) -> str:
    return plain(blocks.pop(index).text)
