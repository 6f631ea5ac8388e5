"""Queues the digest: once a working day, for comms and for those who own what is to be reviewed."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.model.digest import PolicyReview
from desk.model.email_address import address_in, contact_at
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.services.digest_content import (
    REVIEW_AHEAD,
    DigestPlan,
    as_body,
    digest_of,
    to_review,
)
from desk.storage import digest_table, outbox_table, policy_version_table
from desk.storage.database import Storage, Transaction
from desk.storage.outbox_table import OutboxMessage
from knowledge.policy import Policy

NO_OWNER = ""


@dataclass(frozen=True, slots=True)
class DigestRules:
    """`comms`: their e-mail addresses. `at`: the time in the office's zone."""

    comms: tuple[str, ...] = ()
    at: time = time(8, 30)


class Digests:
    def __init__(self, storage: Storage, hours: OfficeHours, rules: DigestRules | None) -> None:
        """Without `rules` there is no digest."""
        self._storage = storage
        self._hours = hours
        self._rules = rules

    def queue_due(self, policies: Iterable[Policy]) -> int:
        """Queue the digest of today from its time on; return how many e-mails. Any number of
        replicas may call it as often as they like: one of them queues it, once. Nobody gets an
        empty one."""
        if self._rules is None:
            return 0
        with self._storage.read() as tx:
            day = self._day(tx.now, self._rules.at)
            if day is None or digest_table.is_done(tx, day):
                return 0
        with self._storage.begin() as tx:
            if not digest_table.claim(tx, day):
                return 0
            plans = self._plans(tx, day, _policy_reviews(tx, policies, day), self._rules.comms)
            return sum(_queue(tx, address, plan) for address, plan in plans.items())

    def _day(self, now: datetime, at: time) -> date | None:
        """Today; None where the office is closed, and before the time of the digest."""
        local = now.astimezone(self._hours.zone)
        due = self._hours.is_working_day(local.date()) and local.time() >= at
        return local.date() if due else None

    def _plans(
        self,
        tx: Transaction,
        day: date,
        policies: Mapping[str, tuple[PolicyReview, ...]],
        comms: tuple[str, ...],
    ) -> dict[str, DigestPlan]:
        """By address, for comms and for every owner of something to review."""
        ends = datetime.combine(day + timedelta(days=1), time(), self._hours.zone)
        owners = {*policies, *(address_in(each.owner) for each in to_review(tx, day))}
        without_owner = policies.get(NO_OWNER, ())
        return {
            address: DigestPlan(
                ends,
                for_comms=address in comms,
                policies=policies.get(address, ()) + (without_owner if address in comms else ()),
            )
            for address in sorted({*owners, *comms} - {NO_OWNER})
        }


def _policy_reviews(
    tx: Transaction, policies: Iterable[Policy], today: date
) -> Mapping[str, tuple[PolicyReview, ...]]:
    """What is to be reviewed, by the address of its owner."""
    owners = _owners(tx)
    found: defaultdict[str, tuple[PolicyReview, ...]] = defaultdict(tuple)
    for policy in policies:
        if policy.review_by is not None and policy.review_by <= today + REVIEW_AHEAD:
            review = PolicyReview(policy.name, policy.title, policy.review_by)
            found[owners.get(policy.name, NO_OWNER)] += (review,)
    return found


def _owners(tx: Transaction) -> dict[str, str]:
    """By policy, the address in what comms say of the owner of a policy that they uploaded."""
    in_force = {*policy_version_table.ids_in_force(tx).values()}
    versions = policy_version_table.listed(tx)
    return {each.policy: address_in(each.details.owner) for each in versions if each.id in in_force}


def _queue(tx: Transaction, address: str, plan: DigestPlan) -> bool:
    if digest_of(tx, address, plan).is_empty:
        return False
    # The log names keys, so they hold no address.
    reader = hashlib.sha256(address.encode()).hexdigest()[:16]
    message = OutboxMessage(
        key=f"digest:{plan.day}:{reader}",
        ordering_key=f"digest:{reader}",
        contact=contact_at(address),
        kind=MessageKind.DIGEST,
        body=as_body(plan),
    )
    return outbox_table.put(tx, message)
