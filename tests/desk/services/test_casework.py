from datetime import timedelta

import pytest

from desk.model.audit import Intact
from desk.model.case import Status, Step
from desk.model.errors import (
    AlreadyAnswered,
    AlreadyClaimed,
    NoSuchCase,
    NoSuchColleague,
    NothingSaid,
    WrongStep,
)
from desk.model.messages import CaseClosed, CommsAnswer
from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, OMAR, answered, opened, withdrawn
from tests.desk.fakes import RecordingMessenger


def test_a_second_claim_is_told_who_has_the_case(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    with pytest.raises(AlreadyClaimed, match=rf"{case.ref} is already with Jane Smith\."):
        desk.casework.claim(case.ref, OMAR)


def test_claiming_ones_own_case_again_changes_nothing(desk: Desk) -> None:
    case = opened(desk)
    first = desk.casework.claim(case.ref, JANE)
    assert desk.casework.claim(case.ref, JANE) == first


def test_only_the_holder_answers_a_claimed_case(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    with pytest.raises(AlreadyClaimed, match=r"with Jane Smith\. Take it over first\."):
        desk.casework.answer(case.ref, OMAR, "No.")


def test_a_colleague_takes_over_a_case_whose_holder_is_away(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    taken = desk.casework.take_over(case.ref, OMAR)
    assert taken.holder is not None
    assert taken.holder.name == "Omar Khan"
    assert desk.casework.answer(case.ref, OMAR, "No.").status is Status.ANSWERED


def test_a_released_case_may_be_claimed_by_another(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    with pytest.raises(AlreadyClaimed, match="with Jane Smith, not with you"):
        desk.casework.release(case.ref, OMAR)
    assert desk.casework.release(case.ref, JANE).status is Status.OPEN
    assert desk.casework.claim(case.ref, OMAR).status is Status.CLAIMED


def test_a_case_that_nobody_holds_cannot_be_released(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(WrongStep, match="is open: nobody holds it"):
        desk.casework.release(case.ref, JANE)


def test_a_second_answer_is_told_who_answered(desk: Desk) -> None:
    case = answered(desk)
    with pytest.raises(AlreadyAnswered, match="already answered by Jane Smith"):
        desk.casework.answer(case.ref, OMAR, "Yes.")
    with pytest.raises(AlreadyAnswered, match="already answered by Jane Smith"):
        desk.casework.claim(case.ref, OMAR)


def test_an_answer_needs_words(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NothingSaid, match="An answer needs words"):
        desk.casework.answer(case.ref, JANE, "  \n")


def test_a_case_without_answer_is_closed_only_with_a_reason(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    with pytest.raises(NothingSaid, match="give one, or a reason for closing it"):
        desk.casework.close(case.ref, JANE)
    assert desk.casework.close(case.ref, JANE, "Asked in error.").status is Status.CLOSED
    desk.delivery.deliver_due(messenger)
    assert isinstance(messenger.to(ANN.key)[-1], CaseClosed)


def test_closing_an_answered_case_sends_no_message(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = answered(desk)
    desk.casework.close(case.ref, JANE)
    desk.delivery.deliver_due(messenger)
    assert isinstance(messenger.to(ANN.key)[-1], CommsAnswer)


def test_a_closed_case_can_only_be_reopened(desk: Desk) -> None:
    case = answered(desk)
    desk.casework.close(case.ref, JANE)
    for step in (desk.casework.claim, desk.casework.take_over, desk.casework.close):
        with pytest.raises(WrongStep, match="is closed"):
            step(case.ref, JANE)
    assert desk.casework.reopen(case.ref, JANE).status is Status.REOPENED


def test_a_reopened_case_is_answered_again_to_those_who_were_told(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    opened(desk, BOB)
    withdrawn(desk, case.ref, BOB)
    desk.casework.answer(case.ref, JANE, "No.")
    desk.casework.reopen(case.ref, JANE)
    desk.casework.answer(case.ref, JANE, "Yes.")
    desk.delivery.deliver_due(messenger)
    texts = [told.text for told in messenger.to(ANN.key) if isinstance(told, CommsAnswer)]
    assert texts == ["No.", "Yes."]
    assert not [told for told in messenger.to(BOB.key) if isinstance(told, CommsAnswer)]


def test_an_open_case_cannot_be_reopened(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(WrongStep, match="only an answered or closed case reopens"):
        desk.casework.reopen(case.ref, JANE)


def test_an_unanswered_case_cannot_be_corrected(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(WrongStep, match="no answer yet that could be corrected"):
        desk.casework.correct(case.ref, JANE, "Yes.")


@pytest.mark.parametrize("ref", ["C-99", "99"])
def test_an_unknown_case_is_named(desk: Desk, ref: str) -> None:
    with pytest.raises(NoSuchCase, match="There is no case C-99"):
        desk.casework.claim(ref, JANE)


def test_a_wrong_reference_is_told_how_one_looks(desk: Desk) -> None:
    with pytest.raises(NoSuchCase, match="a reference looks like C-12"):
        desk.casework.show("the one of yesterday")


def test_the_most_urgent_case_is_listed_first_and_done_ones_are_not(desk: Desk) -> None:
    first, second = opened(desk), opened(desk, text="What about my garden?")
    done = opened(desk, text="May councillors tweet?")
    desk.casework.answer(done.ref, JANE, "Yes.")
    assert [case.ref for case in desk.casework.listed()] == [first.ref, second.ref]


def test_a_renamed_colleague_still_holds_their_case(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.claim(case.ref, JANE)
    renamed = type(JANE)(JANE.key, "Jane Smith-Jones")
    assert (
        desk.casework.answer(case.ref, renamed, "No.").answers[0].person.name == "Jane Smith-Jones"
    )


def test_a_case_is_assigned_to_a_colleague_who_then_holds_it(desk: Desk) -> None:
    case = opened(desk)
    desk.sign_ins.open(OMAR, AccessLevel.COMMS, timedelta(hours=1))
    given = desk.casework.assign(case.ref, JANE, "Omar Khan", expected_version=case.version)
    assert given.status is Status.CLAIMED
    assert given.holder is not None
    assert given.holder.name == "Omar Khan"
    last = given.events[-1]
    assert (last.step, last.person.name) == (Step.ASSIGNED, "Jane Smith")
    assert last.assigned_to == given.holder
    assert desk.casework.assign(case.ref, JANE, "Omar Khan").version == given.version
    assert desk.queue.held(given, OMAR)
    with pytest.raises(AlreadyClaimed, match="with Omar Khan"):
        desk.casework.answer(case.ref, JANE, "No.")
    assert desk.casework.answer(case.ref, OMAR, "No.").status is Status.ANSWERED


def test_a_case_is_assigned_only_while_it_waits_and_to_somebody_known(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NoSuchColleague):
        desk.casework.assign(case.ref, JANE, "Ann Asker")
    desk.casework.answer(case.ref, JANE, "No.")
    with pytest.raises(AlreadyAnswered):
        desk.casework.assign(case.ref, JANE, "Jane Smith")
    assert isinstance(desk.verify_audit(), Intact)
