"""The desk as the handlers see it: one part for each thing somebody may want of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from desk.model.audit import Broken, Intact, as_csv, verify
from desk.model.backlog import Backlog, Undelivered
from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.metrics import DeskMetrics
from desk.model.people import Contact
from desk.services.case_edits import CaseEdits
from desk.services.casework import Casework
from desk.services.comms_contacts import CommsContacts
from desk.services.delivery import Delivery, RetryPolicy
from desk.services.escalation import Escalations, Similarity
from desk.services.inbox import Inbox
from desk.services.insights import Insights
from desk.services.intake import Intake
from desk.services.notifications import Notifications
from desk.services.preferences import StoredPreferences
from desk.services.privacy import Privacy, Retention
from desk.services.publishing import Publishing
from desk.services.queue import Queue
from desk.services.report import Reports
from desk.services.scheduled_jobs import ScheduledJobs, Waits
from desk.services.sign_ins import SignIns
from desk.services.switches import Switches
from desk.storage import audit_table, delivery_queries, metric_queries
from desk.storage.database import Storage, open_storage


@dataclass(frozen=True, slots=True)
class Rules:
    """`comms`: where cases are shown, at most one contact for each surface; comms may add
    others (CommsContacts). `grace`: how long a question may be worked on before the sweeper
    takes it for left. `close_answered_after`: how long an asker may still follow up before
    their answered case closes by itself."""

    comms: tuple[Contact, ...] = ()
    hours: OfficeHours = field(default_factory=OfficeHours)
    patience: RetryPolicy = field(default_factory=RetryPolicy)
    retention: Retention = field(default_factory=Retention)
    grace: timedelta = timedelta(minutes=2)
    close_answered_after: timedelta = timedelta(days=14)


class Desk:
    """Synchronous; every method may be called from any thread.

    `reception` takes questions in and gives them their outcome; `opening` makes cases of them;
    `changes` is for the asker of a case, `casework` for comms; `delivery` and `watch` are for
    the worker; the others are called what they do.
    """

    def __init__(self, storage: Storage, rules: Rules, likeness: Similarity) -> None:
        post = Notifications(rules.comms)
        waits = Waits(rules.grace, rules.close_answered_after)
        self._storage = storage
        self.hours = rules.hours
        self.intake = Intake(storage, post)
        self.escalations = Escalations(storage, post, rules.hours, likeness)
        self.case_edits = CaseEdits(storage, post, rules.hours, self.escalations)
        self.casework = Casework(storage, post, rules.hours)
        self.queue = Queue(storage)
        self.delivery = Delivery(storage, post, rules.patience)
        self.jobs = ScheduledJobs(storage, post, rules.hours, waits)
        self.switches = Switches(storage)
        self.comms_contacts = CommsContacts(storage, post)
        self.preferences = StoredPreferences(storage)
        self.inbox = Inbox(storage)
        self.publishing = Publishing(storage)
        self.privacy = Privacy(storage, post, rules.retention)
        self.reports = Reports(storage)
        self.insights = Insights(storage, rules.hours.zone)
        self.sign_ins = SignIns(storage)

    def audit_csv(self) -> str:
        with self._storage.read() as tx:
            return as_csv(audit_table.entries(tx.connection))

    def verify_audit(self) -> Intact | Broken:
        with self._storage.read() as tx:
            return verify(audit_table.entries(tx.connection), audit_table.head(tx.connection))

    def when_posted(self, call: Callable[[], object]) -> None:
        """Have this called, in whatever thread, after each commit that filled the outbox."""
        self._storage.when_posted(call)

    def backlog(self) -> Backlog:
        """How much the outbox still holds; for the health page."""
        with self._storage.read() as tx:
            return delivery_queries.backlog(tx)

    def undelivered(self) -> tuple[Undelivered, ...]:
        """What was tried in vain; it may arrive yet, or was given up."""
        with self._storage.read() as tx:
            return delivery_queries.undelivered(tx)

    def metrics(self) -> DeskMetrics:
        """For the metrics page."""
        with self._storage.read() as tx:
            return DeskMetrics(
                outcomes=metric_queries.outcomes(tx),
                statuses=metric_queries.statuses(tx),
                backlog=delivery_queries.backlog(tx),
                replies=metric_queries.reply_times(tx),
            )

    def close(self) -> None:
        self._storage.close()


def open_desk(address: str, rules: Rules, clock: Clock, likeness: Similarity) -> Desk:
    """Open the desk of a database URL, which is brought up to date. Raises BadDatabase."""
    return Desk(open_storage(address, clock), rules, likeness)
