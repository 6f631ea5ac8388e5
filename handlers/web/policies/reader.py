"""A policy as a page to read: its headings in order, and each clause with its anchor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.conversation.policy_links import anchors
from handlers.conversation.whole_clause import marked
from handlers.web.policies.search import Run, with_hits
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Policy, Role


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is the highest: level 1 is the title of the policy. `number` may be empty."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause with the headings that come before it. `label` is empty for text outside the
    sections, `readers` for text that is for everybody. `quoted`: it holds the wanted sentence."""

    headings: tuple[Heading, ...]
    anchor: str
    label: str
    readers: tuple[Role, ...]
    lines: tuple[tuple[Run, ...], ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader is looking for: a sentence in one clause, or words anywhere."""

    quote: str = ""
    anchor: str = ""
    words: tuple[str, ...] = ()


def passages(policy: Policy, wanted: Wanted) -> tuple[Passage, ...]:
    found: list[Passage] = []
    path: Sequence[str] = ()
    for clause, anchor in zip(policy.clauses, anchors(policy), strict=True):
        shared = _shared(path, clause.path)
        headings = tuple(
            Heading(level + 2, _number(clause) if level == 0 else "", clause.path[level], anchor)
            for level in range(shared, len(clause.path))
            if clause.path[level] != policy.title
        )
        found.append(_passage(clause, anchor, headings, wanted))
        path = clause.path
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


def _passage(clause: Clause, anchor: str, headings: tuple[Heading, ...], wanted: Wanted) -> Passage:
    has_quote = wanted.anchor in ("", anchor) and bool(wanted.quote)
    runs = (
        quoted_runs(clause.text, wanted.quote)
        if has_quote
        else with_hits(clause.text, wanted.words)
    )
    return Passage(
        headings=headings,
        anchor=anchor,
        label="" if clause.section == OUTSIDE_SECTIONS else clause.section,
        readers=clause.audience if len(clause.audience) < len(Role) else (),
        lines=in_lines(runs),
        quoted=has_quote and any(run.marked for run in runs),
    )


def _shared(before: Sequence[str], now: Sequence[str]) -> int:
    """How many headings two clauses have in common, from the top."""
    same = [one == other for one, other in zip(before, now, strict=False)]
    return same.index(False) if False in same else len(same)


def _number(clause: Clause) -> str:
    """The number of the section that the clause is in: 4 for 4(c)."""
    found = re.match(r"\d+", clause.section)
    return found[0] if found and clause.section != OUTSIDE_SECTIONS else ""
