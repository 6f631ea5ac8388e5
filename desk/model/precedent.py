"""A published answer of comms: which clauses it interprets, and whether it still may be used."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from knowledge.policy import Clause, ClauseRef, Policy


class PrecedentState(StrEnum):
    PUBLISHED = "published"
    WITHHELD = "withheld"
    """The answer of its case was corrected: out of use until it is corrected too, or confirmed."""
    RETIRED = "retired"


KEPT = (PrecedentState.PUBLISHED, PrecedentState.WITHHELD)
"""Those that comms look after; of them the ones without a stale reason are in use."""


class StaleReason(StrEnum):
    """Why a published answer is not used until somebody has checked and saved it."""

    CLAUSE_CHANGED = "a clause that it cites has changed"
    REVIEW_DUE = "its review date has passed"
    REPEATS_ERASED = "it may repeat words of a person whose data were erased"
    CASE_CORRECTED = "the answer of its case was corrected"


@dataclass(frozen=True, slots=True)
class CitedClause(ClauseRef):
    """`hash` is of the clause's words when they were interpreted."""

    hash: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a colleague has checked for publication. `review_by` is the last day of its use."""

    question: str
    text: str
    cited: tuple[CitedClause, ...]
    owner: str
    review_by: date


@dataclass(frozen=True, slots=True)
class Precedent:
    """`question` is what it answers, reviewed like `text`: neither holds personal data.

    `owner` is an office or a person responsible for it; `review_by` the last day of its use.
    `repeats_erased`: it may repeat words of a person whose data were erased since its last edit.
    """

    id: int
    state: PrecedentState
    question: str
    text: str
    cited: tuple[CitedClause, ...]
    owner: str
    published_at: datetime
    edited_at: datetime
    review_by: date
    repeats_erased: bool = False

    @property
    def ref(self) -> str:
        return f"P-{self.id}"


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """A published answer checked against today's policies; without reasons it is in use."""

    precedent: Precedent
    stale_reasons: tuple[StaleReason, ...]


def cite(policy: Policy, clause: Clause) -> CitedClause:
    """The clause with a hash of the words that it has now."""
    return CitedClause(policy.name, clause.section, clause.heading, _hash(clause))


def stale_reasons(
    precedent: Precedent, clauses: frozenset[CitedClause], today: date
) -> tuple[StaleReason, ...]:
    """`clauses` as `cited_clauses` gives them for the policies now in force."""
    found = []
    if precedent.state is PrecedentState.WITHHELD:
        found.append(StaleReason.CASE_CORRECTED)
    if not clauses.issuperset(precedent.cited):
        found.append(StaleReason.CLAUSE_CHANGED)
    if today > precedent.review_by:
        found.append(StaleReason.REVIEW_DUE)
    if precedent.repeats_erased:
        found.append(StaleReason.REPEATS_ERASED)
    return tuple(found)


def cited_clauses(policies: Iterable[Policy]) -> frozenset[CitedClause]:
    return frozenset(cite(policy, clause) for policy in policies for clause in policy.clauses)


def _hash(clause: Clause) -> str:
    """A SHA-256 of the words alone: other spacing or line ends change no rule."""
    words = " ".join((clause.section, clause.heading, clause.text)).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
