import pytest

from desk.model.case import Status
from handlers.conversation.case_actions import LABELS, CaseAction, actions_for, label
from tests.handlers.conversation.cases import case


def test_a_claimed_case_offers_its_holder_and_others_what_each_may_do() -> None:
    claimed = case(Status.CLAIMED)
    assert CaseAction.RELEASE in actions_for(claimed, mine=True)
    assert CaseAction.TAKE_OVER not in actions_for(claimed, mine=True)
    assert actions_for(claimed, mine=False) == (CaseAction.TAKE_OVER, CaseAction.CLOSE)
    assert set(actions_for(claimed)) > {CaseAction.RELEASE, CaseAction.TAKE_OVER}


def test_only_a_case_with_an_answer_can_be_corrected_or_published() -> None:
    after = {CaseAction.CORRECT, CaseAction.PUBLISH}
    assert after < set(actions_for(case(Status.ANSWERED, "Yes.")))
    assert after < set(actions_for(case(Status.CLOSED, "Yes.")))
    assert actions_for(case(Status.CLOSED)) == (CaseAction.REOPEN,)
    assert not after & set(actions_for(case(Status.OPEN)))


def test_a_withdrawn_case_offers_nothing() -> None:
    assert actions_for(case(Status.WITHDRAWN)) == ()


@pytest.mark.parametrize("status", list(Status))
def test_every_action_has_a_label(status: Status) -> None:
    shown = case(status, "Yes.")
    assert all(label(action, shown) for action in actions_for(shown))
    assert set(LABELS) == set(CaseAction)


def test_closing_says_whether_there_was_an_answer() -> None:
    assert label(CaseAction.CLOSE, case(Status.OPEN)) == "Close without an answer"
    assert label(CaseAction.CLOSE, case(Status.ANSWERED, "Yes.")) == "Close"
