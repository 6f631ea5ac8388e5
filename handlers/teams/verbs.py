"""What the buttons of the cards ask for, by the `verb` that they send."""

from enum import StrEnum


class Verb(StrEnum):
    ASK = "ask"
    HELPFUL = "helpful"
    NOT_HELPFUL = "notHelpful"
    REMARK = "remark"
    COMMS = "comms"
    COMPLAIN = "complain"
    WITHDRAW = "withdraw"
    ADD = "add"
    CHOOSE = "choose"
    CLAIM = "claim"
    TAKE_OVER = "takeOver"
    RELEASE = "release"
    ANSWER = "answer"
    CORRECT = "correct"
    PUBLISH = "publish"
    CLOSE = "close"
    REOPEN = "reopen"


OF_COMMS = frozenset(
    {
        Verb.CLAIM,
        Verb.TAKE_OVER,
        Verb.RELEASE,
        Verb.ANSWER,
        Verb.CORRECT,
        Verb.PUBLISH,
        Verb.CLOSE,
        Verb.REOPEN,
    }
)
