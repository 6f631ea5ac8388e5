"""What comms do with a case on its page. Each step raises Overtaken where its form is old."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.model.case import Case, Quote
from handlers.conversation import publishing
from handlers.conversation.case_actions import CaseAction, actions_for, label
from handlers.conversation.staff_context import StaffContext
from handlers.web.desk.case_form import CaseForm

# By whom and where, the reference, what was written and what is cited.
Take = Callable[[StaffContext, str, CaseForm, tuple[Quote, ...]], object]


def _correct(
    office: StaffContext, ref: str, form: CaseForm, cited: tuple[Quote, ...]
) -> publishing.Correction:
    case = office.desk.casework.correct(
        ref, office.by, form.text, cited, expected_version=form.since
    )
    return publishing.after_correction(office, case, published_too=form.published_too)


STEPS: dict[str, Take] = {
    "claim": lambda office, ref, form, _: office.desk.casework.claim(
        ref, office.by, expected_version=form.since
    ),
    "take-over": lambda office, ref, form, _: office.desk.casework.take_over(
        ref, office.by, expected_version=form.since
    ),
    "release": lambda office, ref, form, _: office.desk.casework.release(
        ref, office.by, expected_version=form.since
    ),
    "assign": lambda office, ref, form, _: office.desk.casework.assign(
        ref, office.by, form.to, expected_version=form.since
    ),
    "answer": lambda office, ref, form, cited: office.desk.casework_with_undo.answer(
        ref, office.by, form.text, cited, expected_version=form.since
    ),
    "undo": lambda office, ref, form, _: office.desk.undo.undo(
        ref, office.by, expected_version=form.since
    ),
    "correct": _correct,
    "close": lambda office, ref, form, _: office.desk.casework.close(
        ref, office.by, form.reason, expected_version=form.since
    ),
    "reopen": lambda office, ref, form, _: office.desk.casework.reopen(
        ref, office.by, expected_version=form.since
    ),
}
# Those that need no form of their own, by their paths.
BUTTONS = {
    CaseAction.CLAIM: "claim",
    CaseAction.TAKE_OVER: "take-over",
    CaseAction.RELEASE: "release",
    CaseAction.REOPEN: "reopen",
}


@dataclass(frozen=True, slots=True)
class StepButton:
    path: str
    label: str
    primary: bool


def buttons(case: Case, *, mine: bool) -> tuple[StepButton, ...]:
    """For a colleague; `mine`: they hold the case."""
    return tuple(
        StepButton(BUTTONS[each], label(each, case), each is CaseAction.CLAIM)
        for each in actions_for(case, mine=mine)
        if each in BUTTONS
    )


def close_label(case: Case, *, mine: bool) -> str:
    """Empty where the case cannot be closed."""
    closes = CaseAction.CLOSE in actions_for(case, mine=mine)
    return label(CaseAction.CLOSE, case) if closes else ""


def may_publish(case: Case, *, mine: bool) -> bool:
    return CaseAction.PUBLISH in actions_for(case, mine=mine)
