"""What the digest of one reader holds, from what the database says at the moment of sending.

The policies stand in the outbox: the desk does not have them, and they hold no personal data.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.model.digest import Digest, PolicyReview
from desk.model.email_address import address_in
from desk.model.precedent import KEPT, Precedent
from desk.storage import case_queries, case_reader, precedent_table
from desk.storage.database import Transaction
from desk.storage.outbox_table import OutboxMessage

MOST_CASES = 50
"""Cases that a digest lists; it counts the others."""
MOST_REVIEWS = 50
REVIEW_AHEAD = timedelta(days=7)
"""How long before its last day a review is first listed."""


@dataclass(frozen=True, slots=True)
class DigestPlan:
    """`ends` is the end of the day of the digest. `for_comms`: with the cases, and the reviews of
    what has no owner with an address."""

    ends: datetime
    for_comms: bool
    policies: tuple[PolicyReview, ...]

    @property
    def day(self) -> date:
        return self.ends.date() - timedelta(days=1)


def as_body(plan: DigestPlan) -> str:
    policies = [(each.policy, each.title, each.review_by.isoformat()) for each in plan.policies]
    return json.dumps([plan.ends.isoformat(), plan.for_comms, policies])


def compose(tx: Transaction, message: OutboxMessage) -> Digest:
    """Empty once its day is over: the next working day has a digest of its own."""
    plan = _from_body(message.body)
    if tx.now >= plan.ends:
        return Digest(tx.now)
    return digest_of(tx, message.contact.address, plan)


def digest_of(tx: Transaction, address: str, plan: DigestPlan) -> Digest:
    due = _due(tx, plan.ends) if plan.for_comms else ()
    overdue = sum(at <= tx.now for _, at in due)
    return Digest(
        at=tx.now,
        overdue=overdue,
        due_today=len(due) - overdue,
        cases=case_reader.load_all(tx, [case_id for case_id, _ in due[:MOST_CASES]]),
        published=tuple(_published(tx, address, plan))[:MOST_REVIEWS],
        policies=plan.policies[:MOST_REVIEWS],
    )


def to_review(tx: Transaction, today: date) -> tuple[Precedent, ...]:
    """Published answers whose review is due or was due, the most urgent first."""
    last = today + REVIEW_AHEAD
    due = [each for each in precedent_table.listed(tx, KEPT) if each.review_by <= last]
    return tuple(sorted(due, key=lambda each: (each.review_by, each.id)))


def _due(tx: Transaction, ends: datetime) -> tuple[tuple[int, datetime], ...]:
    return tuple(each for each in case_queries.pending_due(tx) if each[1] < ends)


def _published(tx: Transaction, address: str, plan: DigestPlan) -> Iterable[Precedent]:
    for each in to_review(tx, plan.day):
        owner = address_in(each.owner)
        if owner == address or (plan.for_comms and not owner):
            yield each


def _from_body(body: str) -> DigestPlan:
    ends, for_comms, policies = json.loads(body)
    reviews = tuple(
        PolicyReview(policy, title, date.fromisoformat(day)) for policy, title, day in policies
    )
    return DigestPlan(datetime.fromisoformat(ends), for_comms, reviews)
