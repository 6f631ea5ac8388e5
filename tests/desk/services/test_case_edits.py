from collections.abc import Callable
from dataclasses import replace

import pytest

from desk.model.case import Case, Naming, PersonalData, Status, Step
from desk.model.errors import AlreadyAnswered, NoSuchCase, NotYours, WrongStep
from desk.model.messages import CommsAnswer, Receipt
from desk.model.question import Accepted, AlreadySeen, NoCase, StillWithComms
from desk.services.desk import Desk
from tests.desk.council import (
    ANN,
    BOB,
    JANE,
    accepted,
    answered,
    deleted,
    edited,
    event,
    followed_up,
    incoming,
    opened,
    withdrawn,
)
from tests.desk.fakes import RecordingMessenger


def test_a_withdrawn_case_waits_for_nobody(desk: Desk) -> None:
    case = opened(desk)
    assert withdrawn(desk, case.ref, ANN).status is Status.WITHDRAWN
    with pytest.raises(WrongStep, match="is withdrawn and cannot be answered"):
        desk.casework.answer(case.ref, JANE, "No.")


def test_a_withdrawn_case_takes_no_follow_up(desk: Desk) -> None:
    case = opened(desk)
    withdrawn(desk, case.ref, ANN)
    with pytest.raises(WrongStep, match="Ask again to open a new case"):
        followed_up(desk, case.ref, ANN, "Still there?")


def test_nobody_withdraws_or_follows_the_question_of_another(desk: Desk) -> None:
    case = opened(desk)
    with pytest.raises(NotYours):
        withdrawn(desk, case.ref, BOB)
    with pytest.raises(NotYours):
        followed_up(desk, case.ref, BOB, "Me too.")


def test_an_answered_question_can_no_longer_be_withdrawn(desk: Desk) -> None:
    case = answered(desk)
    with pytest.raises(AlreadyAnswered, match="already answered by Jane Smith"):
        withdrawn(desk, case.ref, ANN)


def test_withdrawing_a_follow_up_leaves_the_answer_standing(desk: Desk) -> None:
    case = answered(desk)
    followed_up(desk, case.ref, ANN, "And on Sunday?")
    assert withdrawn(desk, case.ref, ANN).status is Status.ANSWERED


def test_deleting_the_message_withdraws_the_case(desk: Desk) -> None:
    case = opened(desk, message="m-7")
    assert deleted(desk, "m-7").status is Status.WITHDRAWN
    assert desk.casework.show(case.ref).events[-1].step is Step.WITHDRAWN


def test_editing_the_message_changes_the_case(desk: Desk, messenger: RecordingMessenger) -> None:
    case = opened(desk, message="m-8")
    changed = edited(desk, "m-8", "May I post about the by-election?")
    assert (changed.ref, changed.question) == (case.ref, "May I post about the by-election?")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    answer = messenger.to(ANN.key)[-1]
    assert isinstance(answer, CommsAnswer)
    assert answer.question == "May I post about the by-election?"


def test_an_edited_question_is_no_longer_joined_by_its_old_words(desk: Desk) -> None:
    case = opened(desk, message="m-9")
    edited(desk, "m-9", "May I post about my cat?")
    assert opened(desk, BOB).ref != case.ref


def test_editing_an_answered_question_is_refused(desk: Desk) -> None:
    case = opened(desk, message="m-10")
    desk.casework.answer(case.ref, JANE, "No.")
    with pytest.raises(AlreadyAnswered, match="answered by Jane Smith before you changed it"):
        edited(desk, "m-10", "Something else?")


def test_a_message_that_never_came_to_comms_changes_no_case(desk: Desk) -> None:
    accepted(desk, incoming(message="m-11"))
    for message in ("m-11", "never seen"):
        assert isinstance(desk.case_edits.deleted(event(), message), NoCase)


def test_an_event_that_found_no_case_may_still_become_a_question(desk: Desk) -> None:
    edit = event()
    assert isinstance(desk.case_edits.edited(edit, "never seen", "May I post?"), NoCase)
    asked = replace(incoming(), event_id=edit.event_id)
    assert isinstance(desk.intake.accept(asked), Accepted)


@pytest.mark.parametrize("change", ["follow up", "withdraw", "edit", "delete"])
def test_an_event_that_the_platform_repeats_changes_a_case_once(desk: Desk, change: str) -> None:
    ref, again = opened(desk, message="m-14").ref, event()
    edits = desk.case_edits
    acts: dict[str, Callable[[], object]] = {
        "follow up": lambda: edits.follow_up(again, ref, "It is urgent."),
        "withdraw": lambda: edits.withdraw(again, ref),
        "edit": lambda: edits.edited(again, "m-14", "May I tweet?"),
        "delete": lambda: edits.deleted(again, "m-14"),
    }
    act = acts[change]
    assert isinstance(act(), Case)
    before = desk.casework.show(ref)
    assert isinstance(act(), AlreadySeen)
    assert desk.casework.show(ref) == before


def test_an_event_that_was_refused_counts_as_not_seen(desk: Desk) -> None:
    ref, refused = opened(desk).ref, event()
    with pytest.raises(NoSuchCase):
        desk.case_edits.follow_up(refused, "C-99", "It is urgent.")
    assert isinstance(desk.case_edits.follow_up(refused, ref, "It is urgent."), Case)


@pytest.mark.parametrize("text", ["May I post?", "  May I\npost? "])
def test_an_edit_without_a_change_is_none(
    desk: Desk, messenger: RecordingMessenger, text: str
) -> None:
    case = opened(desk, text="May I post?", message="m-15")
    desk.delivery.deliver_due(messenger)
    assert edited(desk, "m-15", text) == case
    assert desk.backlog().waiting == 0
    desk.casework.answer(case.ref, JANE, "No.")
    assert isinstance(desk.case_edits.edited(event(), "m-15", text), Case)


def test_an_edit_may_change_only_what_comms_see(desk: Desk) -> None:
    opened(desk, text="May ann@example.org post?", message="m-21")
    kept = desk.case_edits.edited(event(), "m-21", "May ann@example.org post?", PersonalData.KEPT)
    assert isinstance(kept, Case)
    assert kept.question == "May ann@example.org post?"


def added(desk: Desk, ref: str, message: str, text: str = "It is urgent.") -> None:
    said = replace(event(), message_id=message)
    assert isinstance(desk.case_edits.follow_up(said, ref, text), Case)


def test_a_deleted_addition_stays_with_comms(desk: Desk) -> None:
    case = opened(desk)
    added(desk, case.ref, "m-16")
    before = desk.casework.show(case.ref)
    assert desk.case_edits.deleted(event(), "m-16") == StillWithComms(case.ref)
    assert desk.casework.show(case.ref) == before


def test_an_edited_addition_adds_the_new_words(desk: Desk) -> None:
    case = opened(desk)
    added(desk, case.ref, "m-17", "Ring me on 01225 123456.")
    unchanged = desk.casework.show(case.ref)
    assert edited(desk, "m-17", " Ring me on 01225 123456. ") == unchanged
    changed = edited(desk, "m-17", "Write to me.")
    assert [each.text for each in changed.events][1:] == [
        "Ring me on [telephone number].",
        "Write to me.",
    ]
    assert edited(desk, "m-17", "Write to me.") == changed


def test_an_edit_of_an_addition_does_not_reopen_an_answered_case(desk: Desk) -> None:
    case = opened(desk)
    added(desk, case.ref, "m-20")
    answer = desk.casework.answer(case.ref, JANE, "No.")
    assert edited(desk, "m-20", "It is very urgent.") == answer


def test_nobody_edits_the_addition_of_another(desk: Desk) -> None:
    case = opened(desk)
    added(desk, case.ref, "m-18")
    with pytest.raises(NotYours):
        edited(desk, "m-18", "Mine.", BOB)


def test_the_addition_of_an_erased_person_is_forgotten(desk: Desk) -> None:
    case = opened(desk)
    added(desk, case.ref, "m-19")
    desk.privacy.erase(ANN.key, JANE)
    assert isinstance(desk.case_edits.deleted(event(), "m-19"), NoCase)


def test_a_follow_up_is_confirmed_with_the_words_that_were_sent(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    followed_up(desk, case.ref, ANN, "Ring me on 01225 123456.")
    desk.delivery.deliver_due(messenger)
    receipt = messenger.to(ANN.key)[-1]
    assert isinstance(receipt, Receipt)
    assert receipt.sent == "Ring me on [telephone number]."


def test_comms_never_see_the_name_of_an_unnamed_asker(desk: Desk) -> None:
    case = opened(desk, naming=Naming.UNNAMED)
    followed_up(desk, case.ref, ANN, "It is urgent.")
    shown = withdrawn(desk, case.ref, ANN)
    assert "Ann" not in repr(shown)


@pytest.mark.parametrize("naming", Naming)
def test_comms_know_the_name_of_those_who_asked_under_it(desk: Desk, naming: Naming) -> None:
    case = opened(desk, naming=naming)
    assert desk.case_edits.comms_know_name(case.ref, ANN) is (naming is Naming.NAMED)
    assert not desk.case_edits.comms_know_name(case.ref, BOB)


def test_asking_unnamed_once_does_not_hide_a_name_given_elsewhere(desk: Desk) -> None:
    opened(desk, naming=Naming.UNNAMED)
    named = opened(desk, text="May I tweet?")
    assert named.askers[0].person.name == "Ann Asker"


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
