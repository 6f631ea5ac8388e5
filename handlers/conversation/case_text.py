"""What comms look at, as text of one or more lines."""

from datetime import datetime

from desk.model.audit import Altered, Broken, Intact
from desk.model.backlog import Backlog, State, Undelivered
from desk.model.case import PENDING, Case, Event
from desk.model.hours import OfficeHours
from desk.model.precedent import Precedent, PrecedentState, ReviewStatus
from desk.services.privacy import Deleted
from desk.services.report import Gap, Report

NOT_CLEANED = (
    "Copies may remain in the database's files for now: the bot tries again to remove them."
)
TO_CHECK = (
    "Published answers and saved replies that may repeat the words, out of use until they are "
    "edited: {refs}."
)


def reason_line(case: Case) -> str:
    """Why the bot did not settle the question itself."""
    return f"Reason: {case.reason.for_comms}."


def in_short(case: Case, hours: OfficeHours, now: datetime) -> str:
    holder = f", with {case.holder.name}" if case.holder else ""
    overdue = case.status in PENDING and now >= case.due_at
    due = f"{'OVERDUE since' if overdue else 'due'} {hours.phrase(case.due_at, now)}"
    return f"{case.ref}  {case.status}{holder}  {due}  {case.question}"


def in_full(case: Case, hours: OfficeHours, now: datetime) -> str:
    askers = [asker.person.name or "unnamed" for asker in case.askers]
    parts = [
        in_short(case, hours, now),
        f"Asked by {', '.join(askers)} ({case.role}). {reason_line(case)}",
        *(f"Earlier: {said}" for said in case.history),
        *(["Ready draft:", case.draft] if case.draft else []),
        *(f"Related: “{q.text}” ({q.place})" for q in case.closest if q.text not in case.draft),
        *(
            _event(_moment(event.at, hours), _step(event), event.person.name, event.text)
            for event in case.events
        ),
    ]
    return "\n".join(parts)


def report_lines(report: Report) -> str:
    wait = "" if report.median_wait is None else f", median time to answer {report.median_wait}"
    parts = [
        f"{report.questions} questions from {report.since:%d %B %Y} to {report.until:%d %B %Y}",
        *(f"  {outcome}: {number}" for outcome, number in report.outcomes),
        "Reasons for handing over:",
        *(f"  {reason.for_comms}: {number}" for reason, number in report.handed_over),
        f"{report.cases} cases, {report.cases_answered} answered{wait}",
        *(f"  {verdict}: {number}" for verdict, number in report.verdicts),
        "Most cited:",
        *(f"  {c.policy} {c.section} {c.heading}: {c.times}" for c in report.most_cited),
        "Not answered by the policy:",
        *(_gap_line(gap) for gap in report.gaps),
    ]
    return "\n".join(parts)


def _gap_line(gap: Gap) -> str:
    people = "1 person" if gap.askers == 1 else f"{gap.askers} people"
    since = f" (answered in {', '.join(gap.answered_in)})" if gap.answered_in else ""
    return f"  {people}: {gap.questions[0]}{since}"


def published(thing: Precedent | ReviewStatus) -> str:
    """As comms check it: a retired answer needs no review."""
    if isinstance(thing, Precedent):
        return f"{thing.ref} is {thing.state}, to be reviewed by {thing.review_by:%d %B %Y}."
    answer = thing.precedent
    retired = answer.state is PrecedentState.RETIRED
    doubts = "" if retired else "".join(f", out of use: {doubt}" for doubt in thing.stale_reasons)
    review = f"review by {answer.review_by:%d %B %Y}"
    return f"{answer.ref}  {answer.state}{doubts}  {answer.owner}, {review}  {answer.question}"


def backlog_line(backlog: Backlog, hours: OfficeHours) -> str:
    oldest = f", the oldest since {_moment(backlog.oldest, hours)}" if backlog.oldest else ""
    waiting = f"{backlog.waiting} waiting{oldest}"
    return f"{waiting}; {backlog.retried} tried before; {backlog.undeliverable} given up."


def undelivered_line(message: Undelivered, hours: OfficeHours) -> str:
    fate = "given up" if message.state is State.UNDELIVERABLE else "to be tried again"
    named = "  ".join(part for part in (message.ref, message.kind, message.surface) if part)
    since = _moment(message.queued_at, hours)
    return f"{named}  {fate}, tries: {message.attempts}, since {since}"


def records_line(thing: Deleted | Intact | Broken | Altered) -> str:
    match thing:
        case Deleted():
            return _deleted(thing)
        case Intact(entries=entries, head=head):
            return f"All {entries} entries are unchanged. The last seal is {head}."
        case Broken(seq=seq):
            return f"Entry {seq} is missing or was changed."
        case Altered(ref=ref):
            return f"The words or steps of {ref} were changed after they were recorded."


def _deleted(deleted: Deleted) -> str:
    lines = [f"Deleted: {deleted.questions} questions, {deleted.cases} cases."]
    if not deleted.cleaned:
        lines.append(NOT_CLEANED)
    if deleted.to_check:
        lines.append(TO_CHECK.format(refs=", ".join(deleted.to_check)))
    return " ".join(lines)


def _step(event: Event) -> str:
    if event.assigned_to is None:
        return event.step
    return f"{event.step} to {event.assigned_to.name or 'a colleague'}"


def _event(at: str, step: str, who: str, text: str) -> str:
    said = f": {text}" if text else ""
    return f"{at}  {step} by {who or 'unnamed'}{said}"


def _moment(at: datetime, hours: OfficeHours) -> str:
    return f"{at.astimezone(hours.zone):%d.%m.%Y %H:%M}"
