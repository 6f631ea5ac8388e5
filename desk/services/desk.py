"""The desk as the handlers see it: one part for each thing that somebody may want of it."""

from dataclasses import dataclass, field
from datetime import timedelta

from desk.model import email_address
from desk.model.audit import Altered, Broken, Intact, as_csv, verify
from desk.model.backlog import Backlog, Undelivered
from desk.model.clock import Clock
from desk.model.hours import OfficeHours
from desk.model.metrics import DeskMetrics
from desk.model.people import Contact
from desk.services.answer_emails import AnswerEmails
from desk.services.asked_questions import AskedQuestions
from desk.services.bulk import Bulk
from desk.services.case_edits import CaseEdits
from desk.services.case_notes import CaseNotes
from desk.services.casework import Casework
from desk.services.colleagues import Colleagues
from desk.services.comms_contacts import CommsContacts
from desk.services.delivery import Delivery, RetryPolicy
from desk.services.digests import DigestRules, Digests
from desk.services.escalation import Escalations, Similarity
from desk.services.inbox import Inbox
from desk.services.insights import Insights
from desk.services.intake import Intake
from desk.services.notifications import Notifications
from desk.services.policy_versions import PolicyVersions
from desk.services.preferences import StoredPreferences
from desk.services.privacy import Privacy, Retention
from desk.services.publishing import Publishing
from desk.services.queue import Queue
from desk.services.report import Reports
from desk.services.saved_replies import SavedReplies
from desk.services.scheduled_jobs import JobTimes, ScheduledJobs
from desk.services.sign_ins import SignIns
from desk.services.switches import Switches
from desk.services.teaching import Teaching
from desk.services.undo import Undo
from desk.storage import audit_table, metric_queries, person_table
from desk.storage.database import Storage, WhenQueued, open_storage

MOST_UNDELIVERED = 500  # that are listed, the latest


@dataclass(frozen=True, slots=True)
class Rules:
    """`comms`: where cases are shown, at most one contact for each surface; comms may add
    others (CommsContacts). `grace`: how long a question may be worked on before the sweeper
    hands it out again. `close_answered_after`: how long an asker may still follow up before
    their answered case closes by itself. `undo_within`: how long an answer is held back that a
    colleague may undo; zero sends it at once. `digest` is None where no e-mail is sent."""

    comms: tuple[Contact, ...] = ()
    hours: OfficeHours = field(default_factory=OfficeHours)
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    retention: Retention = field(default_factory=Retention)
    grace: timedelta = timedelta(minutes=2)
    close_answered_after: timedelta = timedelta(days=14)
    digest: DigestRules | None = None
    undo_within: timedelta = timedelta()


class Desk:
    """Synchronous; every method may be called from any thread.

    `intake` takes questions in and gives them their outcome; `escalations` makes cases of them;
    `case_edits` is for the asker of a case, `casework` for comms, `casework_with_undo` for answers
    that can be undone; `delivery` and `jobs` are for the worker; the others are called what they
    do.
    """

    def __init__(self, storage: Storage, rules: Rules, similarity: Similarity) -> None:
        notifications = Notifications(rules.comms)
        hours, times = rules.hours, JobTimes(rules.grace, rules.close_answered_after)
        self._storage = storage
        self.hours = hours
        self.intake = Intake(storage, notifications)
        self.escalations = Escalations(storage, notifications, hours, similarity)
        self.case_edits = CaseEdits(storage, notifications, hours, self.escalations)
        self.casework = Casework(storage, notifications, hours)
        self.casework_with_undo = Casework(storage, notifications, hours, rules.undo_within)
        self.undo = Undo(storage, notifications)
        self.bulk = Bulk(self.casework_with_undo, self.undo)
        self.queue = Queue(storage)
        self.case_notes = CaseNotes(storage)
        self.colleagues = Colleagues(storage)
        self.saved_replies = SavedReplies(storage)
        self.delivery = Delivery(storage, notifications, rules.retry)
        self.jobs = ScheduledJobs(storage, notifications, hours, times)
        self.digests = Digests(storage, hours, rules.digest)
        self.answer_emails = AnswerEmails(storage)
        self.switches = Switches(storage)
        self.comms_contacts = CommsContacts(storage, notifications)
        self.preferences = StoredPreferences(storage)
        self.inbox = Inbox(storage)
        self.publishing = Publishing(storage)
        self.policy_versions = PolicyVersions(storage, notifications)
        self.teaching = Teaching(storage)
        self.privacy = Privacy(storage, notifications, rules.retention)
        self.asked_questions = AskedQuestions(storage, self.escalations, self.casework)
        self.reports = Reports(storage)
        self.insights = Insights(storage, hours.zone)
        self.sign_ins = SignIns(storage)

    def audit_csv(self) -> str:
        """The audit trail for a spreadsheet: colleagues by name, askers without any id."""
        with self._storage.read() as tx:
            return as_csv(audit_table.entries(tx.connection), person_table.colleagues(tx))

    def verify_audit(self) -> Intact | Broken | Altered:
        """Whether the trail is as it was written, and the cases as the trail has sealed them."""
        with self._storage.read() as tx:
            entries = audit_table.entries(tx.connection)
            events = audit_table.sealed_events(tx.connection)
            return verify(entries, audit_table.head(tx.connection), events)

    def when_queued(self, call: WhenQueued) -> None:
        """Have this called, in whatever thread, after each commit that filled the outbox."""
        self._storage.when_queued(call)

    def check_disk(self) -> None:
        """Raises OSError where the disk has refused a write: nothing more can be stored."""
        self._storage.check_disk()

    def backlog(self) -> Backlog:
        """How much the outbox still holds; for the health page."""
        with self._storage.read() as tx:
            return metric_queries.backlog(tx)

    def undelivered(self) -> tuple[Undelivered, ...]:
        """Messages that were tried without success: they may arrive yet, or were given up."""
        with self._storage.read() as tx:
            return metric_queries.undelivered(tx, MOST_UNDELIVERED)

    def metrics(self) -> DeskMetrics:
        """For the metrics page."""
        with self._storage.read() as tx:
            return DeskMetrics(
                outcomes=metric_queries.outcomes(tx),
                unanswered=metric_queries.unanswered(tx),
                statuses=metric_queries.statuses(tx),
                backlog=metric_queries.backlog(tx),
                replies=metric_queries.reply_times(tx),
                emails=metric_queries.backlog(tx, email_address.SURFACE),
            )

    def close(self) -> None:
        self._storage.close()


def open_desk(address: str, rules: Rules, clock: Clock, similarity: Similarity) -> Desk:
    """Open the desk of a database URL, which is brought up to date. Raises BadDatabase."""
    return Desk(open_storage(address, clock), rules, similarity)
