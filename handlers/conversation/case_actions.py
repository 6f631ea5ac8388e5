"""What comms may do with a case as it stands, and how every surface labels it."""

from enum import StrEnum

from desk.model.case import Case, Status


class CaseAction(StrEnum):
    CLAIM = "claim"
    TAKE_OVER = "take over"
    RELEASE = "release"
    ANSWER = "answer"
    CORRECT = "correct"
    PUBLISH = "publish"
    REOPEN = "reopen"
    CLOSE = "close"


LABELS = {
    CaseAction.CLAIM: "Claim",
    CaseAction.TAKE_OVER: "Take over",
    CaseAction.RELEASE: "Unassign",
    CaseAction.ANSWER: "Answer",
    CaseAction.CORRECT: "Correct",
    CaseAction.PUBLISH: "Publish",
    CaseAction.REOPEN: "Reopen",
    CaseAction.CLOSE: "Close",
}
CLOSE_UNANSWERED = "Close without an answer"


def label(action: CaseAction, case: Case) -> str:
    unanswered = action is CaseAction.CLOSE and case.status is not Status.ANSWERED
    return CLOSE_UNANSWERED if unanswered else LABELS[action]


def actions_for(case: Case, *, mine: bool | None = None) -> tuple[CaseAction, ...]:
    """The most likely action first.

    `mine`: whether the reader holds the case; None on a card that several people see, which
    then offers what any of them may do. The desk refuses what the person who presses may not.
    """
    match case.status:
        case Status.OPEN | Status.REOPENED:
            return (CaseAction.CLAIM, CaseAction.ANSWER, CaseAction.CLOSE)
        case Status.CLAIMED:
            return _claimed(mine)
        case Status.ANSWERED:
            return (CaseAction.CORRECT, CaseAction.PUBLISH, CaseAction.REOPEN, CaseAction.CLOSE)
        case Status.CLOSED if case.answers:
            return (CaseAction.REOPEN, CaseAction.CORRECT, CaseAction.PUBLISH)
        case Status.CLOSED:
            return (CaseAction.REOPEN,)
        case Status.WITHDRAWN:
            return ()


def _claimed(mine: bool | None) -> tuple[CaseAction, ...]:
    if mine is False:
        return (CaseAction.TAKE_OVER, CaseAction.CLOSE)
    others = () if mine else (CaseAction.TAKE_OVER,)
    return (CaseAction.ANSWER, CaseAction.CLOSE, CaseAction.RELEASE, *others)
