"""The cases that wait, as one card for comms: each line shows the card of its case."""

from collections.abc import Sequence
from datetime import datetime

from desk.model.case import Case
from desk.model.hours import OfficeHours
from handlers.teams.cards.elements import (
    Element,
    box,
    card,
    execute,
    fitted,
    heading,
    line,
    open_url,
    run,
    shortened,
    words,
)
from handlers.teams.verbs import Verb

MOST_LISTED = 20
LONGEST_QUESTION = 60  # characters: enough to know a case by, in a line or two
LONGEST_NAME = 40  # characters
NONE_WAIT = "No cases wait for an answer."
ONE_WAITS = "1 case waits for an answer"
SOME_WAIT = "{count} cases wait for an answer"
MORE = "and {count} more, due later."
PRESS = "Press a case to show its card."
SHOW = "Show {ref}"
DESK = "Open the desk"


def case_list(
    cases: Sequence[Case], hours: OfficeHours, now: datetime, address: str, before: str = ""
) -> Element:
    """`cases`: those that wait, the most urgent first. `address`: of the bot's public pages, empty
    without. `before`: a sentence above the list."""
    title = _title(len(cases))
    desk = [open_url(DESK, f"{address}/desk")] if address and cases else []
    left_out = len(cases) - MOST_LISTED

    def build(limit: int) -> Element:
        body = [
            *words(before),
            heading(title),
            *(words(PRESS, isSubtle=True, size="Small") if cases else []),
            *(_case(each, hours, now, limit) for each in cases[:MOST_LISTED]),
            *(words(MORE.format(count=left_out)) if left_out > 0 else []),
        ]
        return card(" ".join(part for part in (before, title) if part), body, desk)

    return fitted(build)


def _title(count: int) -> str:
    if not count:
        return NONE_WAIT
    return ONE_WAITS if count == 1 else SOME_WAIT.format(count=count)


def _case(case: Case, hours: OfficeHours, now: datetime, limit: int) -> Element:
    name = shortened(case.holder.name, min(limit, LONGEST_NAME)) if case.holder else ""
    holder = f", with {name}" if name else ""
    late = {"color": "Attention"} if now >= case.due_at else {}
    shown = [
        line(
            run(f"{case.ref}  ", weight="Bolder"),
            run(f"{case.status}{holder}"),
            run(f"  due {hours.phrase(case.due_at, now)}", **late),
        ),
        line(run(shortened(case.question, min(limit, LONGEST_QUESTION)), isSubtle=True)),
    ]
    show = execute(SHOW.format(ref=case.ref), Verb.SHOW, {"case": case.ref})
    return {**box(shown, style="emphasis", spacing="Small"), "selectAction": show}
