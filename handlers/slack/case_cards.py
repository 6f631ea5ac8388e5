"""What comms see of a case in their Slack channel: its card, and notices beneath it."""

from datetime import datetime

from desk.model.case import PENDING, Case, Event, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation import case_notices
from handlers.conversation.case_text import reason_line
from handlers.conversation.reply_message import place
from handlers.slack.block_kit import (
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
from handlers.slack.mrkdwn import cut, fallback

UNNAMED = "unnamed"
LONGEST_EARLIER = 300
MOST_EVENTS = 5
# What the asker did since they asked.
SINCE = (Step.FOLLOWED_UP, Step.EDITED)


def case_card(case: Case, hours: OfficeHours) -> Shown:
    head = heading(case, hours)
    blocks = [*strong(head), *case_blocks(case)]
    return Shown(fitted(blocks, _buttons(case)), fallback(f"{head}: {case.question}"))


def heading(case: Case, hours: OfficeHours) -> str:
    holder = f", with {_name(case.holder.name)}" if case.holder else ""
    due = f"  due {_moment(case.due_at, hours)}" if case.status in PENDING else ""
    return f"{case.ref}  {case.status}{holder}{due}"


def _moment(at: datetime, hours: OfficeHours) -> str:
    """A card is read days after it was sent, when "tomorrow" would mislead."""
    there = at.astimezone(hours.zone)
    return f"{there:%A} {there.day} {there:%B %H:%M}"


def case_blocks(case: Case) -> list[Block]:
    askers = ", ".join(_name(asker.person.name) for asker in case.askers)
    blocks = words(f"Asked by {askers} ({case.role}). {reason_line(case)}")
    blocks += relayed(case.question)
    for said in case.history:
        blocks += small(f"Earlier: {cut(said, LONGEST_EARLIER)}")
    for event in [each for each in case.events if each.step in SINCE][-MOST_EVENTS:]:
        said = cut(event.text, LONGEST_EARLIER)
        blocks += small(f"{event.step} by {_name(event.person.name)}: {said}")
    return blocks + _help(case) + _so_far(case)


def case_notice(message: CaseNotice, hours: OfficeHours, now: datetime) -> Shown:
    notice = case_notices.notice(message, hours, now)
    text = f"{notice.told} {notice.words}".strip()
    return Shown(fitted([*words(notice.told), *relayed(notice.words)], []), fallback(text))


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
    return small(f"{event.step} by {_name(event.person.name)}:") + relayed(event.text)


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
