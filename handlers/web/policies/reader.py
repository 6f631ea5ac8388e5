"""A policy as a page to read: its headings in order, each clause with its anchor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.conversation.policy_links import anchors
from handlers.conversation.whole_clause import marked
from handlers.web.policies.search import Run, with_hits
from knowledge.policy import OUTSIDE_SECTIONS, Clause, Policy, Role


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 2 is the outermost: the title of the policy is 1. `number` may be empty."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause under the headings that begin with it. `label` is empty for what stands outside
    the sections, `readers` where it is for everybody. `quoted`: the sentence looked for is here."""

    headings: tuple[Heading, ...]
    anchor: str
    label: str
    readers: tuple[Role, ...]
    lines: tuple[tuple[Run, ...], ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What the reader came for: a sentence in one clause, or words anywhere."""

    quote: str = ""
    anchor: str = ""
    words: tuple[str, ...] = ()


def passages(policy: Policy, looked: Looked) -> tuple[Passage, ...]:
    found: list[Passage] = []
    path: Sequence[str] = ()
    for clause, anchor in zip(policy.clauses, anchors(policy), strict=True):
        begun = _begun(path, clause.path)
        headings = tuple(
            Heading(level + 2, _number(clause) if level == 0 else "", clause.path[level], anchor)
            for level in range(begun, len(clause.path))
            if clause.path[level] != policy.title
        )
        found.append(_passage(clause, anchor, headings, looked))
        path = clause.path
    return tuple(found)


def quoted_runs(text: str, quote: str) -> tuple[Run, ...]:
    found = marked(text, quote)
    return tuple(
        run for run in (Run(found.before), Run(found.quote, True), Run(found.after)) if run.text
    )


def in_lines(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    """As printed; a quote over two lines is marked in both."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(Run(first, run.marked))
        lines += [[Run(line, run.marked)] for line in others]
    return tuple(tuple(run for run in line if run.text) for line in lines)


def _passage(clause: Clause, anchor: str, headings: tuple[Heading, ...], looked: Looked) -> Passage:
    wanted = looked.anchor in ("", anchor) and bool(looked.quote)
    runs = (
        quoted_runs(clause.text, looked.quote) if wanted else with_hits(clause.text, looked.words)
    )
    return Passage(
        headings=headings,
        anchor=anchor,
        label="" if clause.section == OUTSIDE_SECTIONS else clause.section,
        readers=clause.audience if len(clause.audience) < len(Role) else (),
        lines=in_lines(runs),
        quoted=wanted and any(run.marked for run in runs),
    )


def _begun(before: Sequence[str], now: Sequence[str]) -> int:
    """How many headings of the clause before still hold."""
    same = [one == other for one, other in zip(before, now, strict=False)]
    return same.index(False) if False in same else len(same)


def _number(clause: Clause) -> str:
    """Of the section as a whole: the 4 of 4(c)."""
    found = re.match(r"\d+", clause.section)
    return found[0] if found and clause.section != OUTSIDE_SECTIONS else ""
