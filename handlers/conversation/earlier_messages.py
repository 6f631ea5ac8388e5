"""Which earlier messages of the asker comms see beside a question.

This is decided when a case is opened, not when the question comes in: the question is stored
before the bot reads anything.
"""

from collections.abc import Callable

from answer.reply import Reply
from knowledge.question import Question
from knowledge.reason import NEEDS_A_YES, Reason

MOST = 2


def needed_earlier(
    question: Question, reply: Reply, reply_to: Callable[[Question], Reply]
) -> tuple[str, ...]:
    """Those that the question leans on, oldest first, at most MOST. `reply` is what `reply_to`,
    the bot, says to the question.

    A sensitive message, and what came before it, is never among them: its asker agreed to send
    at most that one question. Small talk is passed over.
    """
    history, leans = list(question.history), reply.leans_on_earlier
    needed: list[str] = []
    while leans and history and len(needed) < MOST:
        said = history.pop()
        earlier = reply_to(Question(said, question.role, tuple(history)))
        if earlier.reason in NEEDS_A_YES:
            break
        if earlier.reason is not Reason.SMALL_TALK:
            needed.insert(0, said)
            leans = earlier.leans_on_earlier
    return tuple(needed)
