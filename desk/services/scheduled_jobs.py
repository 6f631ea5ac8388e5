"""What must happen without anybody doing anything: reminders, and the rescue of what was left.

Every replica may run it as often as it likes.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from desk.model.case import PENDING, Status, Step
from desk.model.errors import AlreadyFinished
from desk.model.hours import OfficeHours
from desk.model.messages import MessageKind
from desk.model.people import THE_BOT, ActorRole
from desk.model.precedent import cited_clauses, stale_reasons
from desk.model.question import Question
from desk.services.notifications import Notifications
from desk.storage import case_reader, case_table, delivery_queries, precedent_table, question_table
from desk.storage.case_table import NewEvent
from desk.storage.database import Storage
from knowledge.policy import Policy

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a question may be without outcome, and an answered case without another word."""

    grace: timedelta
    answered: timedelta


class ScheduledJobs:
    def __init__(
        self, storage: Storage, post: Notifications, hours: OfficeHours, waits: Waits
    ) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours
        self._waits = waits

    def remind(self) -> None:
        """Tell comms which cases are nearly due, and which are overdue; once each."""
        with self._storage.begin() as tx:
            for case in case_reader.listed(tx, PENDING):
                if tx.now >= case.due_at:
                    self._post.time_notice(tx, MessageKind.OVERDUE, case)
                elif tx.now >= self._hours.remind_at(case.due_at):
                    self._post.time_notice(tx, MessageKind.REMINDER, case)

    def recheck(self, policies: Iterable[Policy]) -> None:
        """Tell comms which published answers are out of use until they are checked; once each."""
        clauses = cited_clauses(policies)
        with self._storage.begin() as tx:
            today = tx.now.astimezone(self._hours.zone).date()
            for published, case_id in precedent_table.published_from(tx):
                for doubt in stale_reasons(published, clauses, today):
                    self._post.recheck_notice(tx, case_id, published, doubt)

    def close_answered(self) -> int:
        """Close each case whose answer arrived and that nobody followed up in time; return how
        many."""
        with self._storage.read() as tx:
            done = delivery_queries.settled(tx, tx.now - self._waits.answered)
        return sum(self._closed(case_id) for case_id in done)

    def _closed(self, case_id: int) -> bool:
        with self._storage.begin() as tx:
            case = case_reader.locked(tx, case_id)
            # Somebody may have been quicker.
            if case_id not in delivery_queries.settled(tx, tx.now - self._waits.answered):
                return False
            case_table.set_status(tx, case.id, Status.CLOSED, case.holder)
            what = case_table.record(tx, case.id, NewEvent(Step.CLOSED, THE_BOT, ActorRole.BOT))
            self._post.card(tx, what)
            return True

    def sweep(self, finish: Callable[[Question], object]) -> int:
        """Hand out each question that was accepted longer ago than the grace time and has no
        outcome; return how many. `finish` gives it one, by Reception.finish or Opening.hand_over;
        where it fails, the next sweep tries again, and `Question.tries` says how often."""
        with self._storage.begin() as tx:
            left = question_table.unfinished(tx, tx.now - self._waits.grace)
        for question in left:
            try:
                finish(question)
            except AlreadyFinished:
                continue  # another replica, or the worker itself after all
            except Exception as error:  # noqa: BLE001 -- one question must not keep the others waiting
                _log.warning("question %d: %s", question.id, type(error).__name__)
        return len(left)
