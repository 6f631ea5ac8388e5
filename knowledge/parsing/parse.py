"""The lines of a document in, its clauses and its defects out."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile

from knowledge.errors import UnreadableContent
from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.boilerplate import without_boilerplate
from knowledge.parsing.clauses import clauses_of
from knowledge.parsing.contents import without_contents
from knowledge.parsing.contents_check import check_contents
from knowledge.parsing.document import Document, LeftOut, Reading
from knowledge.parsing.headings import find_headings
from knowledge.parsing.layout import layout
from knowledge.parsing.outline import REVIEW_HEADING, Outline
from knowledge.parsing.review_date import (
    is_review_line,
    last_reviewed,
    next_review,
    review_date,
)
from knowledge.parsing.titles import is_titular, take_title
from knowledge.policy import Clause, Defect, Policy

_DOUBLED_WORD = re.compile(r"\b([A-Za-z]{2,20}) \1\b", re.IGNORECASE)
_DOUBLED_ON_PURPOSE = frozenset({"that", "had", "very", "bye"})
_OF_REVIEWS = re.compile(r"\b(?:review|version|control|history|approv|monitor|date)", re.IGNORECASE)


def parse(document: Document, name: str) -> Reading:
    """Raises UnreadableContent when the document holds no sentence."""
    cleaned = without_boilerplate(document.lines)
    contents = without_contents(cleaned.lines)
    laid_out = layout(contents.lines)
    blocks = laid_out.blocks
    title = take_title(blocks) or document.title or _title_from(name)
    review = _take_review_at_end(blocks)
    find_headings(blocks, frozenset(entry.key for entry in contents.entries))
    restored = check_contents(blocks, contents.entries)
    outline = _outlined(title, blocks, review)
    clauses = clauses_of(outline.placed)
    if not clauses:
        raise UnreadableContent("holds no sentence: save the policy's text in it.")
    found = chain(
        document.defects,
        cleaned.defects,
        laid_out.defects,
        restored,
        outline.defects,
        _doubled_words(blocks),
    )
    left_out = (*document.left_out, *cleaned.left_out, *contents.left_out)
    policy = Policy(
        name=name,
        title=title,
        reviewed=_reviewed(clauses),
        clauses=clauses,
        defects=tuple(sorted(found, key=lambda defect: defect.line)),
        review_by=next_review(_texts(clauses, left_out)),
    )
    return Reading(policy, document.lines, left_out)


def _outlined(title: str, blocks: Sequence[Block], review: Sequence[Block]) -> Outline:
    outline = Outline(title, blocks)
    if blocks and not any(block.marked or block.shape is Shape.HEADING for block in blocks):
        outline.note_no_structure(blocks[0].number)
    head = takewhile(lambda block: not block.marked and block.shape is not Shape.HEADING, blocks)
    reviewed = {block.number for block in head if _is_review(block)}
    for block, next_labelled in zip(blocks, _next_labelled(blocks), strict=True):
        if block.number in reviewed:
            outline.add_review(block)
        else:
            outline.add(block, next_labelled)
    for block in review:
        outline.add_review(block)
    return outline


def _next_labelled(blocks: Sequence[Block]) -> list[Block | None]:
    found: list[Block | None] = []
    following: Block | None = None
    for block in reversed(blocks):
        found.append(following)
        following = block if block.marked else following
    return found[::-1]


def _take_review_at_end(blocks: list[Block]) -> list[Block]:
    """Lines at the very end that only say when the policy was reviewed, without a section."""
    count = len(list(takewhile(_is_review, reversed(blocks))))
    above = blocks[-count - 1 : -count or None][:1] if count else []
    if not above or (is_titular(above[0].text) and _OF_REVIEWS.search(above[0].text)):
        return []
    review = blocks[-count:]
    del blocks[-count:]
    return review


def _is_review(block: Block) -> bool:
    return block.marked is None and is_review_line(block.text)


def _reviewed(clauses: Sequence[Clause]) -> str:
    review = [clause.text for clause in clauses if clause.heading == REVIEW_HEADING]
    return review_date(review) or last_reviewed(clause.text for clause in clauses)


def _texts(clauses: Sequence[Clause], left_out: Iterable[LeftOut]) -> Iterable[str]:
    """Lines and sentences, page headers and footers included: they often bear the review date."""
    for clause in clauses:
        yield from clause.text.split("\n")
        yield from (sentence.text for sentence in clause.sentences)
    yield from (line.text for line in left_out)


def _title_from(name: str) -> str:
    return " ".join(re.split(r"[-_\s]+", name)).strip().capitalize()


def _doubled_words(blocks: Sequence[Block]) -> Iterable[Defect]:
    for line in (line for block in blocks for line in block.lines):
        found = _DOUBLED_WORD.search(line.text)
        if found and found[1].lower() not in _DOUBLED_ON_PURPOSE:
            problem = f"the word “{found[1]}” is printed twice"
            yield Defect(line.number, problem, "it is quoted as printed")
