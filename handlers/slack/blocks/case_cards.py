"""What comms see of a case in their channel: its card, and notices below it."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from desk.model.case import PENDING, Case, Event, Status, Step
from desk.model.hours import OfficeHours
from desk.model.messages import CaseNotice
from handlers.conversation import case_notices
from handlers.conversation.case_actions import CaseAction, actions_for, label
from handlers.conversation.case_text import reason_line
from handlers.slack.blocks.block_kit import (
    MessageContent,
    actions,
    button,
    context,
    fitted,
    header,
    link,
    paragraphs,
    quoted,
    verbatim,
)
from handlers.slack.mrkdwn import cut, fallback

UNNAMED = "unnamed"
DESK_LINK = "Open {ref} at the desk"
LONGEST_EARLIER = 300
MOST_EVENTS = 5
BY_ASKER = (Step.FOLLOWED_UP, Step.EDITED)


def case_card(case: Case, hours: OfficeHours, public_url: str = "") -> MessageContent:
    """`public_url`: of the bot's pages ("https://policy.example.gov.uk"), where it has one."""
    title = heading(case, hours)
    page = f"{public_url}/desk/cases/{case.ref}"
    to_desk = link(DESK_LINK.format(ref=case.ref), page) if public_url else []
    kept = [*to_desk, *_buttons(case)]
    content = [header(title), *case_blocks(case)]
    return MessageContent(fitted(content, kept), fallback(f"{title}: {case.question}"))


def heading(case: Case, hours: OfficeHours) -> str:
    holder = f", with {_name(case.holder.name)}" if case.holder else ""
    due = f", due {_date(case.due_at, hours)}" if case.status in PENDING else ""
    return f"{case.ref}  {case.status}{holder}{due}"


def case_blocks(case: Case) -> list[Block]:
    askers = ", ".join(_name(asker.person.name) for asker in case.askers)
    blocks = quoted(case.question)
    blocks += paragraphs(f"Asked by {askers} ({case.role}). {reason_line(case)}")
    for text in case.history:
        blocks += context(f"Earlier: {cut(text, LONGEST_EARLIER)}")
    for event in [each for each in case.events if each.step in BY_ASKER][-MOST_EVENTS:]:
        text = cut(event.text, LONGEST_EARLIER)
        blocks += context(f"{event.step} by {_name(event.person.name)}: {text}")
    return blocks + _suggestions(case) + _outcome(case)


def case_notice(message: CaseNotice, hours: OfficeHours, now: datetime) -> MessageContent:
    notice = case_notices.notice(message, hours, now)
    text = f"{notice.told} {notice.words}".strip()
    blocks = [*paragraphs(notice.told), *quoted(notice.words)]
    return MessageContent(fitted(blocks, []), fallback(text))


def _date(at: datetime, hours: OfficeHours) -> str:
    """A card is read days after it was sent, so "tomorrow" would mislead."""
    local = at.astimezone(hours.zone)
    return f"{local:%A} {local.day} {local:%B %H:%M}"


def _suggestions(case: Case) -> list[Block]:
    """The draft contains the closest clauses."""
    if case.status not in PENDING:
        return []
    if case.draft:
        return context("Draft:") + quoted(case.draft)
    closest = [verbatim(quote.text) + context(quote.place) for quote in case.closest]
    return [block for blocks in closest for block in blocks]


def _outcome(case: Case) -> list[Block]:
    closed = [each for each in case.events if each.step is Step.CLOSED]
    blocks = _event(case.last_answer) if case.last_answer else []
    return blocks + (_event(closed[-1]) if closed and case.status is Status.CLOSED else [])


def _event(event: Event) -> list[Block]:
    return context(f"{event.step} by {_name(event.person.name)}:") + quoted(event.text)


def _buttons(case: Case) -> list[Block]:
    return actions(
        button(
            action.name.lower(),
            label(action, case),
            case.ref,
            primary=action is CaseAction.ANSWER,
        )
        for action in actions_for(case)
    )


def _name(name: str) -> str:
    return name or UNNAMED
