"""What comms see of a case in their Slack channel: its card, and notices beneath it."""

from datetime import datetime

from desk.case import PENDING, Case, Event, Status, Step
from desk.hours import OfficeHours
from desk.messages import CaseNotice, Kind
from handlers.bot_says import place
from handlers.slack_rich import (
    Block,
    Shown,
    actions,
    button,
    fitted,
    primary,
    relayed,
    small,
    strong,
    verbatim,
    words,
)
from handlers.slack_text import cut, fallback

UNNAMED = "unnamed"
REMINDER = "{ref} is due by {due}."
OVERDUE = "{ref} is overdue: an answer was due by {due}."
UNDELIVERABLE = "What was sent about {ref} could not be delivered: its asker cannot be reached."
LONGEST_EARLIER = 300
STEPS = {
    Kind.JOINED: Step.JOINED,
    Kind.FOLLOW_UP: Step.FOLLOWED_UP,
    Kind.EDITED: Step.EDITED,
    Kind.WITHDRAWN: Step.WITHDRAWN,
}


def case_card(case: Case, hours: OfficeHours, now: datetime) -> Shown:
    head = heading(case, hours, now)
    blocks = [*strong(head), *case_blocks(case)]
    return Shown(fitted(blocks, _buttons(case)), fallback(f"{head}: {case.question}"))


def heading(case: Case, hours: OfficeHours, now: datetime) -> str:
    holder = f", with {_name(case.holder.name)}" if case.holder else ""
    due = f"  due {hours.phrase(case.due_at, now)}" if case.status in PENDING else ""
    return f"{case.ref}  {case.status}{holder}{due}"


def case_blocks(case: Case) -> list[Block]:
    askers = ", ".join(_name(asker.who.name) for asker in case.askers)
    blocks = words(f"Asked by {askers} ({case.role}). Why it is here: {case.reason}.")
    blocks += relayed(case.question)
    for said in case.history:
        blocks += small(f"Earlier: {cut(said, LONGEST_EARLIER)}")
    return blocks + _help(case) + _so_far(case)


def case_notice(notice: CaseNotice, hours: OfficeHours) -> Shown:
    said = _notice(notice, hours)
    text = f"{said}: {notice.text}" if notice.text else said
    return Shown(fitted(words(text), []), fallback(text))


def _notice(notice: CaseNotice, hours: OfficeHours) -> str:
    case = notice.case
    due = hours.phrase(case.due_at, case.due_at)
    match notice.kind:
        case Kind.REMINDER:
            return REMINDER.format(ref=case.ref, due=due)
        case Kind.OVERDUE:
            return OVERDUE.format(ref=case.ref, due=due)
        case Kind.UNDELIVERABLE:
            return UNDELIVERABLE.format(ref=case.ref)
        case kind if kind in STEPS:
            return f"{STEPS[kind]} by {_who(case, STEPS[kind], notice.text)}"
        case _:
            return case.ref


def _who(case: Case, step: Step, text: str) -> str:
    doers = [each.who.name for each in case.events if (each.step, each.text) == (step, text)]
    return _name(doers[-1] if doers else "")


def _help(case: Case) -> list[Block]:
    """The draft holds the closest clauses already."""
    if case.status not in PENDING:
        return []
    if case.draft:
        return small("Ready draft:") + relayed(case.draft)
    closest = [verbatim(quote.text) + small(place(quote)) for quote in case.closest]
    return [block for blocks in closest for block in blocks]


def _so_far(case: Case) -> list[Block]:
    said = [each for each in case.events if each.step in (Step.ANSWERED, Step.CORRECTED)]
    closed = [each for each in case.events if each.step is Step.CLOSED]
    blocks = [*_event(said[-1])] if said else []
    return blocks + (_event(closed[-1]) if closed and case.status is Status.CLOSED else [])


def _event(event: Event) -> list[Block]:
    return small(f"{event.step} by {_name(event.who.name)}:") + relayed(event.text)


def _buttons(case: Case) -> list[Block]:
    ref = case.ref
    answered = [button("publish", "Publish", ref)] if case.answers else []
    match case.status:
        case Status.OPEN | Status.REOPENED:
            shown = [button("claim", "Claim", ref), *_pending(ref)]
        case Status.CLAIMED:
            shown = [*_pending(ref), button("release", "Release", ref)]
            shown.append(button("take_over", "Take over", ref))
        case Status.ANSWERED:
            shown = [button("correct", "Correct", ref), *answered]
            shown += [button("reopen", "Reopen", ref), button("close", "Close", ref)]
        case Status.CLOSED:
            shown = [button("reopen", "Reopen", ref), *answered]
        case _:
            shown = []
    return actions(shown)


def _pending(ref: str) -> list[Block]:
    return [primary(button("answer", "Answer", ref)), button("close", "Not for us", ref)]


def _name(name: str) -> str:
    return name or UNNAMED
