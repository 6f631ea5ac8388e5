"""What must happen without anybody doing anything: reminders, and the rescue of what was left.

Every replica may run it as often as it likes.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

from desk import storage_case_reader, storage_inbox
from desk.case import PENDING
from desk.errors import AlreadyFinished
from desk.hours import OfficeHours
from desk.messages import Kind
from desk.post import Post
from desk.question import Question
from desk.storage import Storage

_log = logging.getLogger(__name__)


class Watch:
    def __init__(self, storage: Storage, post: Post, hours: OfficeHours, grace: timedelta) -> None:
        self._storage = storage
        self._post = post
        self._hours = hours
        self._grace = grace

    def remind(self) -> None:
        """Tell comms which cases are nearly due, and which are overdue; once each."""
        with self._storage.begin() as tx:
            for case in storage_case_reader.listed(tx, PENDING):
                if tx.now >= case.due_at:
                    self._post.time_notice(tx, Kind.OVERDUE, case)
                elif tx.now >= self._hours.remind_at(case.due_at):
                    self._post.time_notice(tx, Kind.REMINDER, case)

    def sweep(self, finish: Callable[[Question], object]) -> int:
        """Hand out each question that was accepted longer ago than the grace time and has no
        outcome; return how many. `finish` gives it one, by Reception.finish or Opening.hand_over;
        where it fails, the next sweep tries again, and `Question.tries` says how often."""
        with self._storage.begin() as tx:
            left = storage_inbox.unfinished(tx, tx.now - self._grace)
        for question in left:
            try:
                finish(question)
            except AlreadyFinished:
                continue  # another replica, or the worker itself after all
            except Exception as error:  # noqa: BLE001 -- one question must not keep the others waiting
                _log.warning("question %d: %s", question.id, type(error).__name__)
        return len(left)
