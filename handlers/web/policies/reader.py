"""A policy as a page to read: its headings in order, and each clause with its anchor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from handlers.conversation.policy_links import anchors
from handlers.conversation.whole_clause import marked
from handlers.web.policies.search import Run, with_hits
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Paragraph, Policy, Role


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is the highest: level 1 is the title of the policy. `number` may be empty."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause with the headings that come before it. `label` is empty where the heading
    names the clause. `readers` are said once for all clauses that follow
    each other in a section, and not where they are everybody. `quoted`: it holds the wanted
    sentence."""

    headings: tuple[Heading, ...]
    anchor: str
    label: str
    readers: tuple[Role, ...]
    blocks: tuple["TextBlock", ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Paragraphs that follow each other, or the items of one bulleted list."""

    bulleted: bool
    paragraphs: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader is looking for: a sentence in one clause, or words anywhere."""

    quote: str = ""
    anchor: str = ""
    words: tuple[str, ...] = ()


def passages(policy: Policy, wanted: Wanted) -> tuple[Passage, ...]:
    found: list[Passage] = []
    path: Sequence[str] = ()
    labels: set[tuple[str, str]] = set()
    audience: tuple[Role, ...] = ()
    for clause, anchor in zip(policy.clauses, anchors(policy), strict=True):
        shared = _shared(path, clause.path)
        headings = tuple(
            Heading(level + 2, _number(clause) if level == 0 else "", clause.path[level], anchor)
            for level in range(shared, len(clause.path))
            if clause.path[level] != policy.title
        )
        label = (clause.section, clause.path[0])
        said = clause.audience == audience and shared > 0
        readers = () if said or len(clause.audience) == len(Role) else clause.audience
        blocks, quoted = _text(clause, anchor, wanted)
        # The number of a section is in its heading already.
        numbers = {OUTSIDE_SECTIONS, *(heading.number for heading in headings)}
        own = "" if label in labels or clause.section in numbers else clause.section
        found.append(Passage(headings, anchor, own, readers, blocks, quoted))
        path, audience = clause.path, clause.audience
        labels.add(label)
    return tuple(found)


def quoted_runs(text: str, quote: str) -> tuple[Run, ...]:
    found = marked(text, quote)
    return tuple(
        run for run in (Run(found.before), Run(found.quote, True), Run(found.after)) if run.text
    )


def in_lines(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """As printed. A quote that spans two lines is marked in both."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.marked))
        lines += [[Run(line, run.marked)] for line in others]
    return tuple(tuple(run for run in line if run.text) for line in lines)


def in_blocks(clause: Clause, runs: Sequence[Run]) -> tuple[TextBlock, ...]:
    """The text of the clause, given as `runs`, in its paragraphs and lists. Each line is one of its
    own where the clause does not say how they belong together."""
    lines = in_lines(runs)
    alone = tuple(Paragraph(place, place + 1, False) for place in range(len(lines)))
    return tuple(
        TextBlock(bulleted, tuple(_joined(lines[each.start : each.end]) for each in found))
        for bulleted, found in groupby(clause.paragraphs or alone, key=attrgetter("bulleted"))
    )


def _joined(lines: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    """The lines of one paragraph, which the reader's screen breaks anew."""
    first, *others = lines
    return (*first, *(run for line in others for run in (Run(" "), *line)))


def _text(clause: Clause, anchor: str, wanted: Wanted) -> tuple[tuple[TextBlock, ...], bool]:
    """The clause's text, and whether it holds the wanted sentence."""
    has_quote = wanted.anchor in ("", anchor) and bool(wanted.quote)
    runs = (
        quoted_runs(clause.text, wanted.quote)
        if has_quote
        else with_hits(clause.text, wanted.words)
    )
    return in_blocks(clause, runs), has_quote and any(run.marked for run in runs)


def _shared(before: Sequence[str], now: Sequence[str]) -> int:
    """How many headings two clauses have in common, from the top."""
    same = [one == other for one, other in zip(before, now, strict=False)]
    return same.index(False) if False in same else len(same)


def _number(clause: Clause) -> str:
    """The number of the section that the clause is in: 4 for 4(c)."""
    found = re.match(r"\d+", clause.section)
    return found[0] if found and clause.section != OUTSIDE_SECTIONS else ""
