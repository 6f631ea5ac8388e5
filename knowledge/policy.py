"""What a policy is made of, once read. Every other room speaks in these types."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

OUTSIDE_SECTIONS = "0"
"""The section of what stands before the first or after the last one."""


class Role(StrEnum):
    STAFF = "staff"
    MANAGER = "manager"
    COUNCILLOR = "councillor"


class Obligation(StrEnum):
    """How binding a sentence is, read from its own modal words."""

    MUST = "must"
    MUST_NOT = "must not"
    SHOULD = "should"
    SHOULD_NOT = "should not"
    MAY = "may"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed; `lead_in` is the printed sentence that introduces it, or empty.

    "We recommend you:" is the lead-in of each bullet below it: without it the bullet's
    force is lost, so a quote of the bullet is shown with it.
    """

    text: str
    obligation: Obligation
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest part of a policy with a citable label.

    `section` is the label as a reader would cite it ("4(c)", "6.3"); an unnumbered titled
    part carries the label of its nearest numbered section, and its title in `heading`. What
    stands before the first or after the last section (preamble, review date) is OUTSIDE_SECTIONS.
    `path` holds the headings from the outermost section down to this clause.
    `text` is the clause's body as printed, its lines joined by "\\n", decorations removed.
    """

    section: str
    heading: str
    path: tuple[str, ...]
    text: str
    audience: tuple[Role, ...]
    sentences: tuple[Sentence, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Defect:
    """What the document does wrong, as a linter would say it. `line` counts from 1."""

    line: int
    problem: str
    assumed: str


@dataclass(frozen=True, slots=True)
class ClauseRef:
    """Names one clause of one policy, by the policy's name and the clause's label and heading.

    What quotes or interprets a clause extends it.
    """

    policy: str
    section: str
    heading: str

    @property
    def clause_ref(self) -> "ClauseRef":
        """The name alone, to be compared with that of another quote of the same clause."""
        return ClauseRef(self.policy, self.section, self.heading)

    @property
    def place(self) -> str:
        """ "section 2, Think twice"; outside the sections the heading alone."""
        section = f"section {self.section}" if self.section != OUTSIDE_SECTIONS else ""
        return ", ".join(part for part in (section, self.heading) if part)


@dataclass(frozen=True, slots=True)
class Policy:
    """`name` is the file's stem, unique in a folder; `reviewed` is as printed ("April 2013") or
    empty."""

    name: str
    title: str
    reviewed: str
    clauses: tuple[Clause, ...]
    defects: tuple[Defect, ...]


def clause_ref(policy: Policy, clause: Clause) -> ClauseRef:
    return ClauseRef(policy.name, clause.section, clause.heading)


def sentences_of(policies: Iterable[Policy]) -> frozenset[str]:
    return frozenset(
        sentence.text
        for policy in policies
        for clause in policy.clauses
        for sentence in clause.sentences
    )
