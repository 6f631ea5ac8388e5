"""A published answer of comms: which clauses it interprets, and whether it still may be used."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from knowledge.policy import Clause, ClauseRef, Policy
from knowledge.same_question import normal_words

DUE_WITHIN = timedelta(days=30)


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

    @property
    def reviewed(self) -> Reviewed:
        return Reviewed(self.question, self.text, self.cited, self.owner, self.review_by)

    def is_published_as(self, reviewed: Reviewed) -> bool:
        """Whether it is exactly this and not withheld: a form that was sent twice."""
        is_kept_out = self.state is not PrecedentState.PUBLISHED or self.repeats_erased
        return self.reviewed == reviewed and not is_kept_out


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """A published answer checked against today's policies; without reasons it is in use.
    `is_due`: it is in use, but its review date comes within DUE_WITHIN."""

    precedent: Precedent
    stale_reasons: tuple[StaleReason, ...]
    is_due: bool = False


PublicationKey = tuple[str, frozenset[ClauseRef]]


def publication_key(answer: Reviewed | Precedent) -> PublicationKey:
    """Equal for answers to the same question from the same clauses. One from other clauses may be
    for other people, such as councillors."""
    return normal_words(answer.question), frozenset(each.clause_ref for each in answer.cited)


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


def review_status(
    precedent: Precedent, clauses: frozenset[CitedClause], today: date
) -> ReviewStatus:
    reasons = stale_reasons(precedent, clauses, today)
    is_due = not reasons and precedent.review_by - today <= DUE_WITHIN
    return ReviewStatus(precedent, reasons, is_due)


def cited_clauses(policies: Iterable[Policy]) -> frozenset[CitedClause]:
    return frozenset(cite(policy, clause) for policy in policies for clause in policy.clauses)


def _hash(clause: Clause) -> str:
    """A SHA-256 of the words alone: other spacing or line ends change no rule."""
    words = " ".join((clause.section, clause.heading, clause.text)).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
