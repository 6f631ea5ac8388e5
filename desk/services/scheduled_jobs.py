"""What happens at set times: reminders, closing, and questions that were left without outcome.

Every replica may run it as often as it likes. Each job first reads what there is to do, and
opens a transaction that writes only where there is something.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.model.case import Status, Step
from desk.model.errors import AlreadyFinished
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.model.people import THE_BOT, ActorRole
from desk.model.precedent import cited_clauses, stale_reasons
from desk.model.question import Question
from desk.services.notifications import Notifications, recheck_notice, time_notice
from desk.storage import (
    case_queries,
    case_reader,
    case_table,
    outbox_table,
    precedent_table,
    question_table,
)
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage, Transaction
from desk.storage.outbox_table import OutboxMessage
from knowledge.policy import Policy

MOST_AT_ONCE = 100  # of everything that one run of a job does
_KEYS_AT_ONCE = 500  # that one statement looks for

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class JobTimes:
    """`grace`: how long a question may be without outcome before the sweeper hands it out.
    `close_after`: how long after the last word an answered case closes."""

    grace: timedelta
    close_after: timedelta


class ScheduledJobs:
    def __init__(
        self,
        storage: Storage,
        notifications: Notifications,
        hours: OfficeHours,
        times: JobTimes,
    ) -> None:
        self._storage = storage
        self._notifications = notifications
        self._hours = hours
        self._times = times

    def remind(self) -> None:
        """Tell comms which cases are nearly due, and which are overdue; once each."""
        with self._storage.read() as tx:
            due = case_queries.pending_due(tx)
            kinds = {at: self._kind(at, tx.now) for at in {at for _, at in due}}
            notices = [
                time_notice(kind, case_id, at, contact)
                for contact in self._notifications.comms(tx)
                for case_id, at in due
                for kind in [kinds[at]]
                if kind is not None
            ]
            new = _not_queued(tx, notices)
        if new:
            self._put_pending(new)

    def _put_pending(self, notices: Sequence[OutboxMessage]) -> None:
        """Without those of cases that were answered meanwhile."""
        with self._storage.begin() as tx:
            numbers = {notice.case_id for notice in notices}
            pending = {case_id for case_id, _ in case_queries.pending_due(tx, numbers)}
            for notice in notices:
                if notice.case_id in pending:
                    self._notifications.put_under_card(tx, notice)

    def _kind(self, due: datetime, now: datetime) -> MessageKind | None:
        if now >= due:
            return MessageKind.OVERDUE
        return MessageKind.REMINDER if now >= self._hours.remind_at(due) else None

    def recheck(self, policies: Iterable[Policy]) -> None:
        """Tell comms which published answers are out of use until they are checked; once each."""
        clauses = cited_clauses(policies)
        with self._storage.read() as tx:
            today = tx.now.astimezone(self._hours.zone).date()
            notices = [
                recheck_notice(case_id, published, reason, contact)
                for contact in self._notifications.comms(tx)
                for published, case_id in precedent_table.published_from(tx)
                for reason in stale_reasons(published, clauses, today)
            ]
            new = _not_queued(tx, notices)
        if new:
            with self._storage.begin() as tx:
                for notice in new:
                    self._notifications.put_under_card(tx, notice)

    def close_answered(self) -> int:
        """Close each case whose answer arrived and that nobody followed up in time; return how
        many."""
        with self._storage.read() as tx:
            before = tx.now - self._times.close_after
            done = case_queries.settled(tx, before, at_most=MOST_AT_ONCE)
        return sum(self._closed(case_id) for case_id in done)

    def _closed(self, case_id: int) -> bool:
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, case_id)
            before = tx.now - self._times.close_after
            # Somebody may have written meanwhile.
            if not case_queries.settled(tx, before, at_most=1, only=case_id):
                return False
            case_table.set_status(tx, case.id, Status.CLOSED, case.holder)
            event = NewEvent(Step.CLOSED, THE_BOT, ActorRole.BOT)
            self._notifications.card(tx, case_table.record(tx, case.id, event))
            return True

    def sweep(self, finish: Callable[[Question], object]) -> int:
        """Hand out the questions that were accepted longer ago than the grace time and have no
        outcome, at most a hundred; return how many.

        `finish` gives one its outcome, by Intake.finish or Escalations.hand_over. Where it
        fails, the next sweep tries again; `Question.tries` says how often.
        """
        with self._storage.read() as tx:
            if not question_table.are_unfinished(tx, tx.now - self._times.grace):
                return 0
        with self._storage.begin() as tx:
            before = tx.now - self._times.grace
            left = question_table.take_unfinished(tx, before, MOST_AT_ONCE)
        for question in left:
            try:
                finish(question)
            except AlreadyFinished:
                continue  # another replica, or the worker itself after all
            except Exception as error:  # noqa: BLE001 -- one question must not keep the others waiting
                _log.warning("question %d: %s", question.id, type(error).__name__)
        return len(left)


def _not_queued(tx: Transaction, messages: Sequence[OutboxMessage]) -> list[OutboxMessage]:
    """Those whose key is not in the outbox, at most a hundred: the next run takes the others."""
    new: list[OutboxMessage] = []
    for begin in range(0, len(messages), _KEYS_AT_ONCE):
        batch = messages[begin : begin + _KEYS_AT_ONCE]
        queued = outbox_table.keys_among(tx, [message.key for message in batch])
        new += [message for message in batch if message.key not in queued]
        if len(new) >= MOST_AT_ONCE:
            break
    return new[:MOST_AT_ONCE]
