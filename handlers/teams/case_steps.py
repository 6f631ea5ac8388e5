"""What the buttons and forms of a case's card do at the desk. Refusals are DeskErrors and
BadInputs, whose sentence is for the person."""

import re
from collections.abc import Callable, Mapping, Sequence

from desk.model.case import Case
from desk.model.precedent import Precedent, Reviewed
from handlers.conversation import publishing
from handlers.conversation.staff_context import StaffContext
from handlers.teams.action_data import ActionData
from handlers.teams.cards.case_forms import LONGEST_ANSWER, LONGEST_OWNER
from handlers.teams.verbs import Verb


def steps(staff: StaffContext, ref: str, data: ActionData) -> Mapping[Verb, Callable[[], Case]]:
    """The call for each button, by its verb."""
    work, by = staff.desk.casework, staff.by
    return {
        Verb.CLAIM: lambda: work.claim(ref, by),
        Verb.TAKE_OVER: lambda: work.take_over(ref, by),
        Verb.RELEASE: lambda: work.release(ref, by),
        Verb.ANSWER: lambda: work.answer(
            ref, by, data.text("answer", LONGEST_ANSWER), staff.quotes(sections(data, "answer"))
        ),
        Verb.CLOSE: lambda: work.close(ref, by, data.text("reason", LONGEST_ANSWER)),
        Verb.REOPEN: lambda: work.reopen(ref, by),
    }


def publish(staff: StaffContext, ref: str, data: ActionData) -> Precedent:
    case = staff.desk.casework.show(ref)
    reviewed = Reviewed(
        question=data.text("question", LONGEST_ANSWER),
        text=data.text("publish", LONGEST_ANSWER),
        cited=staff.interpreted(case, sections(data, "publish")),
        owner=data.text("owner", LONGEST_OWNER) or publishing.OWNER,
        review_by=publishing.day(data.text("reviewBy")),
    )
    return publishing.publish(staff, ref, reviewed)


def sections(data: ActionData, form: str) -> Sequence[str]:
    """The sections that were chosen in this form. Ticked clauses arrive as one text with
    commas, and people type semicolons too."""
    ticked = data.text(f"{form}Clauses", LONGEST_ANSWER).split(",")
    typed = re.split(r"[;,]", data.text(f"{form}Others"))
    return [section.strip() for section in (*ticked, *typed) if section.strip()]
