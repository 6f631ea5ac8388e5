"""The worker that empties the outbox. Any number of them run, in any number of processes.

A parcel is leased before it is sent, and the lease is written down before the platform hears
of it. A worker that dies leaves a lease that ends; who takes over knows that the message may
have been sent, and asks the platform first.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import random

from desk.model.case import Step
from desk.model.errors import RetryAfter, Undeliverable
from desk.model.messages import MessageKind, Messenger, Outgoing, SentAs
from desk.model.people import THE_BOT, ActorRole, Contact
from desk.services.compose import compose
from desk.services.notifications import Notifications
from desk.storage import case_table, delivery_queries, outbox_table
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction
from desk.storage.outbox_table import LeasedMessage

_log = logging.getLogger(__name__)

Settlement = Callable[[Transaction], object]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`lease`: longer than any send may take. Waits double from `first` up to `longest`, each
    shortened at random by up to half, until `give_up_after`."""

    lease: timedelta = timedelta(minutes=2)
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=15)
    give_up_after: timedelta = timedelta(days=2)

    def wait(self, attempts: int, chance: float) -> timedelta:
        """`chance` from 0 to 1, so that replicas do not all try again at once."""
        doubled: timedelta = self.first * 2 ** min(attempts - 1, 30)
        return min(doubled, self.longest) * (1 - chance / 2)


class Delivery:
    def __init__(
        self,
        storage: Storage,
        post: Notifications,
        patience: RetryPolicy,
        chance: Callable[[], float] = random,
    ) -> None:
        self._storage = storage
        self._post = post
        self._patience = patience
        self._chance = chance

    def deliver_due(self, messenger: Messenger, at_most: int = 100) -> int:
        """Try what is due, at most so many; return how many were tried."""
        settle: Settlement = _nothing
        for tried in range(at_most):
            # What became of the last one and the lease of the next are one commit.
            with self._storage.begin() as tx:
                settle(tx)
                leased = self._take(tx, messenger)
            if leased is None:
                return tried
            settle = self._try(leased, messenger)
        with self._storage.begin() as tx:
            settle(tx)
        return at_most

    def waits(self, contact: Contact) -> bool:
        """Whether something is still to be delivered there."""
        with self._storage.read() as tx:
            return delivery_queries.waits(tx, contact)

    def _take(self, tx: Transaction, messenger: Messenger) -> LeasedMessage | None:
        until = tx.now + self._patience.lease
        return outbox_table.take(tx, messenger.surfaces, secrets.token_hex(8), until)

    def _try(self, leased: LeasedMessage, messenger: Messenger) -> Settlement:
        try:
            with self._storage.read() as tx:
                outgoing = compose(tx, leased.parcel)
            message_id = _send(messenger, outgoing, leased)
        except RetryAfter as asked:
            wait = timedelta(seconds=asked.seconds)
            return lambda tx: outbox_table.refused(tx, leased, tx.now + wait)
        except Undeliverable:
            return lambda tx: self._came_back(tx, leased)
        except Exception as error:  # noqa: BLE001 -- a defect in one message must not hold up the others
            _log.warning("%s: %s", leased.parcel.key, type(error).__name__)
            return lambda tx: self._try_again(tx, leased)
        return lambda tx: outbox_table.sent(tx, leased, message_id)

    def _try_again(self, tx: Transaction, leased: LeasedMessage) -> None:
        if tx.now - leased.queued_at >= self._patience.give_up_after:
            self._came_back(tx, leased)
            return
        wait = self._patience.wait(leased.attempts, self._chance())
        outbox_table.doubtful(tx, leased, tx.now + wait)

    def _came_back(self, tx: Transaction, leased: LeasedMessage) -> None:
        parcel = leased.parcel
        _log.warning("%s: undeliverable after %d tries", parcel.key, leased.attempts)
        if not outbox_table.given_up(tx, leased) or not parcel.case_id:
            return
        deed = NewEvent(Step.UNDELIVERABLE, THE_BOT, ActorRole.BOT, parcel.kind)
        what = case_table.record(tx, parcel.case_id, deed)
        # Comms cannot be told over the way on which they could not be reached.
        if parcel.asker_id:
            self._post.notice(tx, MessageKind.UNDELIVERABLE, what)


def _nothing(_: Transaction) -> None:
    """What became of the message before the first."""


def _send(messenger: Messenger, outgoing: Outgoing, leased: LeasedMessage) -> str:
    if leased.uncertain:
        found = messenger.find_sent(outgoing)
        if isinstance(found, SentAs):
            return found.message_id
    return messenger.send(outgoing)
