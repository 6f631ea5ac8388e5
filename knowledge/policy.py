"""The types of a policy that has been read. Every other room uses them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_NAMED = re.compile(r"[A-Za-z]{4,}\b|[A-Z]{2,}\W")
OUTSIDE_SECTIONS = "0"
"""The section of text that stands in no numbered section: it is cited by its heading."""


class Role(StrEnum):
    STAFF = "staff"
    MANAGER = "manager"
    COUNCILLOR = "councillor"

    @property
    def plural(self) -> str:
        return self.value if self is Role.STAFF else f"{self.value}s"


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
    """A sentence as printed; `lead_in` holds the printed sentences that introduce it, or is empty.

    "We recommend you:" is the lead-in of each bullet below it: without it the bullet's
    force is lost, so a quote of the bullet is shown with it. In a list within a list there are
    several, outermost first, separated by "\n". A table row has its header row as lead-in.
    """

    text: str
    obligation: Obligation
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or, `bulleted`, an item of a list: the lines of its clause's text from `start` up
    to but without `end`, counted from 0."""

    start: int
    end: int
    bulleted: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest part of a policy with a citable label.

    `section` is the label as printed ("4(c)", "6.3", "Article II, Section 1"). A titled part
    without a label has the label of the section it stands in, and OUTSIDE_SECTIONS in none; its
    title is in `heading`. The same label may be printed twice; the headings then differ.
    `path` holds the headings from the outermost section down to this clause.
    `text` is the clause's body as printed, its lines joined by "\n", decorations removed.
    `lead_ins` are the sentences above the clause that introduce its sentences, outermost first.
    `paragraphs` say how the lines of `text` belong together.
    `line` counts from 1; `page` does too, and is 0 where the format has no pages.
    """

    section: str
    heading: str
    path: tuple[str, ...]
    text: str
    audience: tuple[Role, ...]
    sentences: tuple[Sentence, ...]
    line: int
    page: int = 0
    lead_ins: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()

    def contains_in_order(self, parts: Iterable[str]) -> bool:
        """Whether all of `parts` stand in the clause or its lead-ins, in this order and apart.

        Blanks and line ends count alike. A part of several lines, as a sentence's `lead_in`, may
        have other text between its lines.
        """
        words = " ".join(" ".join((*self.lead_ins, self.text)).split())
        position = 0
        for piece in (line for part in parts for line in part.split("\n") if line.strip()):
            found = _whole_words(piece).search(words, position)
            if found is None:
                return False
            position = found.end()
        return True

    def items_of(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences of this clause that `sentence` directly introduces."""
        return tuple(
            each for each in self.sentences if each.lead_in.rpartition("\n")[2] == sentence.text
        )


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
        return ", ".join(part for part in (section_name(self.section), self.heading) if part)


@dataclass(frozen=True, slots=True)
class Policy:
    """`name` is the file's stem, unique in a folder; `reviewed` is as printed ("April 2013") or
    empty. `review_by` is the last day by which it is to be reviewed, as the document or comms
    say. `edition` says which version of an uploaded policy this is and since when, and of any
    policy whether its review is overdue."""

    name: str
    title: str
    reviewed: str
    clauses: tuple[Clause, ...]
    defects: tuple[Defect, ...]
    edition: str = ""
    review_by: date | None = None


def clause_ref(policy: Policy, clause: Clause) -> ClauseRef:
    return ClauseRef(policy.name, clause.section, clause.heading)


def sentences_of(policies: Iterable[Policy]) -> frozenset[str]:
    return frozenset(
        sentence.text
        for policy in policies
        for clause in policy.clauses
        for sentence in clause.sentences
    )


def section_name(section: str) -> str:
    """ "section 4(c)" and "Article II, Section 1": only a bare label needs the word. Empty for
    OUTSIDE_SECTIONS."""
    if section == OUTSIDE_SECTIONS:
        return ""
    return section if _NAMED.match(section) else f"section {section}"


def _whole_words(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(' '.join(text.split()))}(?!\w)")
