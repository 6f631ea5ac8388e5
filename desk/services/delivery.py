"""Empties the outbox. Any number of workers run it, in any number of processes.

A worker leases a message before it sends it, and the lease is committed before the platform
gets the message. When a worker dies its lease ends; the worker that takes over knows that the
message may have been sent, and asks the platform first.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random

from desk.model.case import Step
from desk.model.errors import LeftForAnother, RetryAfter, Undeliverable
from desk.model.messages import MessageKind, Messenger, Outgoing, SentAs
from desk.model.people import THE_BOT, ActorRole, Contact
from desk.services.compose import compose
from desk.services.notifications import Notifications
from desk.storage import answer_email_table, case_table, outbox_leases
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction
from desk.storage.outbox_leases import LeasedMessage
from desk.storage.outbox_table import OutboxMessage

_log = logging.getLogger(__name__)
_LEFT_FOR = timedelta(seconds=1)

Settlement = Callable[[Transaction], object]


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`lease`: longer than any send may take. Waits double from `first` up to `longest`, each
    shortened at random by up to half. A message is given up after `give_up_after` and at least
    `fewest_tries`: a clock that jumps ahead gives nothing up."""

    lease: timedelta = timedelta(minutes=2)
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=10)
    give_up_after: timedelta = timedelta(days=2)
    fewest_tries: int = 20

    def wait(self, attempts: int, chance: float, asked: timedelta = timedelta()) -> timedelta:
        """After so many tries. `chance` from 0 to 1, so that replicas do not all try again at
        once; `asked` is the least that the platform asked for."""
        doubled: timedelta = self.first * 2 ** min(attempts - 1, 30)
        return max(asked, min(doubled, self.longest) * (1 - chance / 2))

    def gives_up(self, attempts: int, tried_for: timedelta) -> bool:
        return attempts >= self.fewest_tries and tried_for >= self.give_up_after


class Delivery:
    def __init__(
        self,
        storage: Storage,
        notifications: Notifications,
        retry: RetryPolicy,
        chance: Callable[[], float] = random,
    ) -> None:
        self._storage = storage
        self._notifications = notifications
        self._retry = retry
        self._chance = chance

    def deliver_due(self, messenger: Messenger, at_most: int = 100) -> int:
        """Try the messages that are due, at most so many; return how many were tried."""
        with self._storage.read() as tx:
            if not outbox_leases.is_due(tx, messenger.surfaces):
                return 0
        settle: Settlement = _nothing
        for tried in range(at_most):
            # The outcome of the last message and the lease of the next one are one commit.
            with self._storage.begin() as tx:
                settle(tx)
                leased = self._take(tx, messenger)
            if leased is None:
                return tried
            settle = self._try(leased, messenger)
        with self._storage.begin() as tx:
            settle(tx)
        return at_most

    def has_pending(self, contact: Contact) -> bool:
        """Whether something is being delivered there: not what is held back, or waits to be tried
        again."""
        with self._storage.read() as tx:
            return outbox_leases.has_pending(tx, contact)

    def _take(self, tx: Transaction, messenger: Messenger) -> LeasedMessage | None:
        until = tx.now + self._retry.lease
        return outbox_leases.take(tx, messenger.surfaces, secrets.token_hex(8), until)

    def _try(self, leased: LeasedMessage, messenger: Messenger) -> Settlement:
        try:
            with self._storage.read() as tx:
                outgoing = compose(tx, leased.message)
            message_id = _send(messenger, outgoing, leased)
        except Exception as error:  # noqa: BLE001 -- a defect in one message must not hold up the others
            return self._after(error, leased)
        return lambda tx: self._sent(tx, leased, message_id)

    def _sent(self, tx: Transaction, leased: LeasedMessage, message_id: str) -> None:
        if outbox_leases.sent(tx, leased, message_id):
            _forget_address(tx, leased.message)
            self._notifications.email(tx, leased.message)

    def _after(self, error: Exception, leased: LeasedMessage) -> Settlement:
        match error:
            case LeftForAnother():
                return lambda tx: outbox_leases.not_tried(tx, leased, tx.now + _LEFT_FOR)
            case Undeliverable():
                return lambda tx: self._give_up(tx, leased)
            case RetryAfter(seconds=seconds):
                asked = timedelta(seconds=seconds)
                return lambda tx: self._try_again(tx, leased, outbox_leases.refused, asked)
            case _:
                _log.warning("%s: %s", leased.message.key, type(error).__name__)
                return lambda tx: self._try_again(tx, leased, outbox_leases.in_doubt)

    def _try_again(
        self,
        tx: Transaction,
        leased: LeasedMessage,
        settle: Callable[[Transaction, LeasedMessage, datetime], bool],
        asked: timedelta = timedelta(),
    ) -> None:
        if self._retry.gives_up(leased.attempts, tx.now - leased.queued_at):
            self._give_up(tx, leased)
        else:
            wait = self._retry.wait(leased.attempts, self._chance(), asked)
            settle(tx, leased, tx.now + wait)

    def _give_up(self, tx: Transaction, leased: LeasedMessage) -> None:
        message = leased.message
        _log.warning("%s: undeliverable after %d tries", message.key, leased.attempts)
        if not outbox_leases.given_up(tx, leased) or not message.case_id:
            return
        _forget_address(tx, message)
        self._notifications.email(tx, message)
        event = NewEvent(Step.UNDELIVERABLE, THE_BOT, ActorRole.BOT, message.kind)
        recorded = case_table.record(tx, message.case_id, event)
        # Comms cannot be told over the way on which they could not be reached.
        if message.asker_id:
            self._notifications.notice(tx, MessageKind.UNDELIVERABLE, recorded)


def _nothing(_: Transaction) -> None:
    """Before the first message there is no outcome to write down."""


def _forget_address(tx: Transaction, message: OutboxMessage) -> None:
    """The address that an asker left serves one e-mail."""
    if message.kind is MessageKind.ANSWER_EMAIL:
        answer_email_table.remove(tx, [message.asker_id])


def _send(messenger: Messenger, outgoing: Outgoing, leased: LeasedMessage) -> str:
    if leased.delivery_unknown:
        found = messenger.find_sent(outgoing)
        if isinstance(found, SentAs):
            return found.message_id
    return messenger.send(outgoing)
