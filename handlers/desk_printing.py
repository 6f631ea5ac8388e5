"""Cases and figures as text for comms in a terminal, and as JSON for programs."""

import json
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta

from desk.audit import Broken, Intact
from desk.case import Case
from desk.hours import OfficeHours
from desk.precedent import Precedent, PrecedentState, Recheck
from desk.privacy import Deleted
from desk.report import Report
from handlers.bot_says import place
from handlers.office import Office

NONE = "There are none."


def as_json(outcome: object) -> str:
    """One line; several things are a line each."""
    return "\n".join(map(_json, outcome)) if isinstance(outcome, tuple) else _json(outcome)


def as_text(outcome: object, office: Office) -> str:
    if isinstance(outcome, tuple):
        return "\n".join(_in_short(each, office) for each in outcome) or NONE
    if isinstance(outcome, Case):
        return in_full(outcome, office.desk.hours, office.clock.now())
    return _in_short(outcome, office)


def _in_short(thing: object, office: Office) -> str:
    match thing:
        case Case():
            text = in_short(thing, office.desk.hours, office.clock.now())
        case Report():
            text = report_lines(thing)
        case Precedent() | Recheck():
            text = _published(thing)
        case Deleted(questions=questions, cases=cases):
            text = f"Deleted: {questions} questions, {cases} cases."
        case Intact(entries=entries, head=head):
            text = f"All {entries} entries are as they were written; the last seal is {head}."
        case Broken(seq=seq):
            text = f"Entry {seq} is missing or not what was written."
        case _:
            text = _json(thing)
    return text


def _published(thing: Precedent | Recheck) -> str:
    """As comms check it: a retired answer needs no review."""
    if isinstance(thing, Precedent):
        return f"{thing.ref} is {thing.state}, to be reviewed by {thing.review_by:%d %B %Y}."
    answer = thing.precedent
    retired = answer.state is PrecedentState.RETIRED
    doubts = "" if retired else "".join(f", out of use: {doubt}" for doubt in thing.doubts)
    review = f"review by {answer.review_by:%d %B %Y}"
    return f"{answer.ref}  {answer.state}{doubts}  {answer.owner}, {review}  {answer.question}"


def _json(thing: object) -> str:
    fields: object = thing
    if isinstance(thing, str):
        return thing
    if is_dataclass(thing) and not isinstance(thing, type):
        named = thing.precedent if isinstance(thing, Recheck) else thing
        ref = {"ref": named.ref} if isinstance(named, Case | Precedent) else {}
        fields = ref | asdict(thing)
    return json.dumps(fields, default=_plain, ensure_ascii=False)


def in_short(case: Case, hours: OfficeHours, now: datetime) -> str:
    holder = f", with {case.holder.name}" if case.holder else ""
    due = hours.phrase(case.due_at, now)
    return f"{case.ref}  {case.status}{holder}  due {due}  {case.question}"


def in_full(case: Case, hours: OfficeHours, now: datetime) -> str:
    askers = [asker.who.name or "unnamed" for asker in case.askers]
    parts = [
        in_short(case, hours, now),
        f"Asked by {', '.join(askers)} ({case.role}). Why it is here: {case.reason}.",
        *(f"Earlier: {said}" for said in case.history),
        *(["Ready draft:", case.draft] if case.draft else []),
        *(
            f"Close to it: “{q.text}” ({place(q)})"
            for q in case.closest
            if q.text not in case.draft
        ),
        *(
            _event(event.at.astimezone(hours.zone), event.step, event.who.name, event.text)
            for event in case.events
        ),
    ]
    return "\n".join(parts)


def report_lines(report: Report) -> str:
    wait = "" if report.median_wait is None else f", half of them within {report.median_wait}"
    parts = [
        f"{report.questions} questions from {report.since:%d %B %Y} to {report.until:%d %B %Y}",
        *(f"  {outcome}: {number}" for outcome, number in report.outcomes),
        "Handed over because:",
        *(f"  {reason}: {number}" for reason, number in report.handed_over),
        f"{report.cases} cases, {report.cases_answered} answered{wait}",
        *(f"  found {verdict}: {number}" for verdict, number in report.verdicts),
        "Most cited:",
        *(f"  {c.policy} {c.section} {c.heading}: {c.times}" for c in report.most_cited),
        "What the policy does not answer:",
        *(f"  {len(gap.questions)} × {gap.questions[0]}" for gap in report.gaps),
    ]
    return "\n".join(parts)


def _event(at: datetime, step: str, who: str, text: str) -> str:
    said = f": {text}" if text else ""
    return f"{at:%d.%m.%Y %H:%M}  {step} by {who or 'unnamed'}{said}"


def _plain(value: object) -> str | float:
    match value:
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return str(value)
