"""Finds the clauses that contain every word of a query, whole or as the beginning of a word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.conversation.policy_links import anchors
from knowledge.policy import Clause, Policy

MOST_WORDS = 10
# A word, or the label of a section: 4(c), 6.3.
WORD = r"\d+(?:\.\d+)*(?:\(\w+\))?|\w+"
AROUND = 90  # characters shown before and after the first hit


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    policy: Policy
    clause: Clause
    anchor: str
    excerpt: tuple[Run, ...]


def words_of(query: str) -> tuple[str, ...]:
    found = re.findall(WORD, query)
    long = [word for word in found if len(word) > 1 or word.isdecimal()]
    return tuple(dict.fromkeys(long or found))[:MOST_WORDS]


def hits(policies: Sequence[Policy], words: Sequence[str]) -> Iterator[Hit]:
    """The clauses that contain all words, headings included, in the order of the policies."""
    for policy in policies if words else ():
        for clause, anchor in zip(policy.clauses, anchors(policy), strict=True):
            if _holds_all(clause, words):
                yield Hit(policy, clause, anchor, _excerpt(clause.text, words))


def with_hits(text: str, words: Sequence[str]) -> tuple[Run, ...]:
    """The whole text with the words marked."""
    if not words:
        return (Run(text),)
    parts = re.split(f"({_pattern(words)})", text, flags=re.IGNORECASE)
    return tuple(Run(part, place % 2 == 1) for place, part in enumerate(parts) if part)


def _holds_all(clause: Clause, words: Sequence[str]) -> bool:
    whole = " ".join([clause.section, *clause.path, clause.heading, clause.text])
    return all(re.search(_pattern([word]), whole, re.IGNORECASE) for word in words)


def _excerpt(text: str, words: Sequence[str]) -> tuple[Run, ...]:
    """Whole words around the first hit, or the beginning of the text if a heading has it."""
    line = " ".join(text.split())
    first = re.search(_pattern(words), line, re.IGNORECASE)
    at = first.start() if first else 0
    start = line.rfind(" ", 0, max(at - AROUND, 0)) + 1
    end = line.find(" ", at + AROUND)
    shown = line[start : end if end >= 0 else len(line)]
    before, after = ("…" if start else ""), ("…" if end >= 0 else "")
    return with_hits(f"{before}{shown}{after}", words)


def _pattern(words: Sequence[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, words))})\w*"
