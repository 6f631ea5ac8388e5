"""Why a case opens: the reason of the reply, where it has words for comms."""

import pytest

from answer.reply import Answer, HandOver
from handlers.conversation.escalation import case_reason
from knowledge.reason import OPENS_A_CASE, Reason


@pytest.mark.parametrize("reason", OPENS_A_CASE)
def test_the_reason_for_hand_over_is_the_reason_of_the_case(reason: Reason) -> None:
    assert case_reason(HandOver((), 0.2, reason, "")) is reason


@pytest.mark.parametrize(
    "reply",
    [HandOver((), 0.0, Reason.LANGUAGE, ""), Answer((), 0.9, Reason.COVERED, "")],
)
def test_what_is_no_reason_for_comms_goes_there_because_the_asker_wants_it(
    reply: Answer | HandOver,
) -> None:
    assert case_reason(reply) is Reason.ASKED_FOR_COMMS


def test_an_answer_that_became_a_hand_over_says_that_everything_is_handed_over() -> None:
    assert case_reason(HandOver((), 0.9, Reason.COVERED, "")) is Reason.ALL_HANDED_OVER
