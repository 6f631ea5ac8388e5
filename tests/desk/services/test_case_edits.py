import pytest

from desk.model.case import Naming, PersonalData, Status, Step
from desk.model.errors import AlreadyAnswered, NoSuchQuestion, NotYours, WrongStep
from desk.model.messages import CommsAnswer, Receipt
from desk.services.desk import Desk
from tests.desk.fakes import RecordingMessenger
from tests.desk.office import (
    ANN,
    BOB,
    JANE,
    accepted,
    answered,
    incoming,
    opened,
)


def test_a_withdrawn_case_waits_for_nobody(desk: Desk) -> None:
    case = opened(desk)
    assert desk.case_edits.withdraw(case.ref, ANN).status is Status.WITHDRAWN
    with pytest.raises(WrongStep, match="is withdrawn and cannot be answered"):
        desk.casework.answer(case.ref, JANE, "No.")


def test_a_follow_up_to_a_withdrawn_case_is_sent_to_a_new_one(desk: Desk) -> None:
    case = opened(desk)
    desk.case_edits.withdraw(case.ref, ANN)
    with pytest.raises(WrongStep, match="Ask again to open a new case"):
        desk.case_edits.follow_up(case.ref, ANN, "Still there?")


def test_nobody_withdraws_or_follows_the_question_of_another(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NotYours):
        desk.case_edits.withdraw(case.ref, BOB)
    with pytest.raises(NotYours):
        desk.case_edits.follow_up(case.ref, BOB, "Me too.")


def test_an_answered_question_can_no_longer_be_withdrawn(desk: Desk) -> None:
    case = answered(desk)
    with pytest.raises(AlreadyAnswered, match="already answered by Jane Smith"):
        desk.case_edits.withdraw(case.ref, ANN)


def test_withdrawing_a_follow_up_leaves_the_answer_standing(desk: Desk) -> None:
    case = answered(desk)
    desk.case_edits.follow_up(case.ref, ANN, "And on Sunday?")
    assert desk.case_edits.withdraw(case.ref, ANN).status is Status.ANSWERED


def test_deleting_the_message_withdraws_the_case(desk: Desk) -> None:
    case = opened(desk, message="m-7")
    assert desk.case_edits.deleted("terminal", "m-7").status is Status.WITHDRAWN
    assert desk.casework.show(case.ref).events[-1].step is Step.WITHDRAWN


def test_editing_the_message_changes_the_case(desk: Desk, messenger: RecordingMessenger) -> None:
    case = opened(desk, message="m-8")
    edited = desk.case_edits.edited("terminal", "m-8", "May I post about the by-election?")
    assert (edited.ref, edited.question) == (case.ref, "May I post about the by-election?")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    answer = messenger.to(ANN.key)[-1]
    assert isinstance(answer, CommsAnswer)
    assert answer.question == "May I post about the by-election?"


def test_an_edited_question_is_no_longer_joined_by_its_old_words(desk: Desk) -> None:
    case = opened(desk, message="m-9")
    desk.case_edits.edited("terminal", "m-9", "May I post about my cat?")
    assert opened(desk, BOB).ref != case.ref


def test_editing_an_answered_question_is_refused(desk: Desk) -> None:
    case = opened(desk, message="m-10")
    desk.casework.answer(case.ref, JANE, "No.")
    with pytest.raises(AlreadyAnswered, match="answered by Jane Smith before you changed it"):
        desk.case_edits.edited("terminal", "m-10", "Something else?")


def test_a_message_that_never_came_to_comms_changes_no_case(desk: Desk) -> None:
    accepted(desk, incoming(message="m-11"))
    for message in ("m-11", "never seen"):
        with pytest.raises(NoSuchQuestion):
            desk.case_edits.deleted("terminal", message)


def test_a_follow_up_is_confirmed_with_the_words_that_were_sent(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.case_edits.follow_up(case.ref, ANN, "Ring me on 01225 123456.")
    desk.delivery.deliver_due(messenger)
    receipt = messenger.to(ANN.key)[-1]
    assert isinstance(receipt, Receipt)
    assert receipt.sent == "Ring me on [telephone number]."


def test_comms_never_see_the_name_of_who_asks_unnamed(desk: Desk) -> None:
    case = opened(desk, naming=Naming.UNNAMED)
    desk.case_edits.follow_up(case.ref, ANN, "It is urgent.")
    shown = desk.case_edits.withdraw(case.ref, ANN)
    assert "Ann" not in repr(shown)


def test_asking_unnamed_once_does_not_hide_a_name_given_elsewhere(desk: Desk) -> None:
    opened(desk, naming=Naming.UNNAMED)
    named = opened(desk, text="May I tweet?")
    assert named.askers[0].who.name == "Ann Asker"


def test_personal_data_are_masked_for_comms_unless_the_asker_keeps_them(desk: Desk) -> None:
    masked = opened(desk, text="May ann@example.org post?")
    kept = opened(desk, text="May bob@example.org post?", personal_data=PersonalData.KEPT)
    assert masked.question == "May [e-mail address] post?"
    assert kept.question == "May bob@example.org post?"
    assert "ann@example.org" not in repr(masked)


def test_the_answer_quotes_the_asker_unmasked(desk: Desk, messenger: RecordingMessenger) -> None:
    case = opened(desk, text="May ann@example.org post?")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert _questions(messenger, ANN.key) == ["May ann@example.org post?"]


def test_an_asker_finds_their_cases_and_messages_their_case(desk: Desk) -> None:
    case = opened(desk, message="m-13")
    opened(desk, BOB, "Something else?")
    assert [mine.ref for mine in desk.intake.cases_of(ANN)] == [case.ref]
    assert desk.intake.case_of_message("terminal", "m-13") == case.ref


def test_what_was_sent_about_a_case_leads_back_to_it(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = answered(desk)
    desk.delivery.deliver_due(messenger)
    surfaces = [(sent.contact.surface, f"m{n}") for n, sent in enumerate(messenger.sent, start=1)]
    assert {desk.intake.case_of_message(*sent) for sent in surfaces} == {case.ref}


def _questions(messenger: RecordingMessenger, address: str) -> list[str]:
    told = messenger.to(address)
    return [message.question for message in told if isinstance(message, CommsAnswer)]
