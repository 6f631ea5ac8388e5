"""What the buttons of the cards ask for, by the `verb` that they send."""

from enum import StrEnum

from handlers.conversation.case_actions import CaseAction


class Verb(StrEnum):
    ASK = "ask"
    HELPFUL = "helpful"
    NOT_HELPFUL = "notHelpful"
    REMARK = "remark"
    CONFIRM = "confirm"
    COMMS = "comms"
    COMPLAIN = "complain"
    WITHDRAW = "withdraw"
    ADD = "add"
    CHOOSE = "choose"
    CLAIM = "claim"
    TAKE_OVER = "takeOver"
    RELEASE = "release"
    INSERT_DRAFT = "insertDraft"
    ANSWER = "answer"
    CORRECT = "correct"
    PUBLISH = "publish"
    CLOSE = "close"
    REOPEN = "reopen"
    VIEW = "view"
    SHOW = "show"


VERBS = {action: Verb[action.name] for action in CaseAction}
OF_COMMS = frozenset({*VERBS.values(), Verb.INSERT_DRAFT, Verb.VIEW, Verb.SHOW})
