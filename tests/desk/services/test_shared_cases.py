"""One case for all who wait for the same answer."""

from collections.abc import Iterator

import pytest

from desk.model.case import Case, Status
from desk.model.messages import CommsAnswer
from desk.services.desk import Desk, Rules, open_desk
from tests.desk.council import (
    ANN,
    BOB,
    JANE,
    OMAR,
    QUESTION,
    answered,
    edited,
    followed_up,
    opened,
    withdrawn,
)
from tests.desk.fakes import FakeClock, RecordingMessenger, SharedWord


@pytest.fixture
def knowing(address: str, clock: FakeClock) -> Iterator[Desk]:
    """A desk that can tell which questions are alike."""
    desk = open_desk(address, Rules(), clock, SharedWord())
    yield desk
    desk.close()


def test_the_same_pending_question_of_two_people_is_one_case(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk, ANN)
    joined = opened(desk, BOB, "  may I post about the ELECTION ")
    assert joined.ref == case.ref
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert _questions(messenger, ANN.key) == [QUESTION]
    assert _questions(messenger, BOB.key) == ["  may I post about the ELECTION "]


def test_a_question_that_was_answered_is_not_joined(desk: Desk) -> None:
    first = answered(desk)
    assert opened(desk, BOB).ref != first.ref


def test_leaving_a_shared_case_leaves_it_to_the_others(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk, ANN)
    opened(desk, BOB)
    assert withdrawn(desk, case.ref, ANN).status is Status.OPEN
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    assert (_questions(messenger, ANN.key), len(_questions(messenger, BOB.key))) == ([], 1)


def test_an_edit_of_one_asker_of_a_shared_case_gets_a_case_of_its_own(desk: Desk) -> None:
    case = opened(desk, ANN)
    opened(desk, BOB, message="m-12")
    own = edited(desk, "m-12", "May I post about my dog?")
    assert own.ref != case.ref
    assert own.question == "May I post about my dog?"
    assert _waiting(desk.casework.show(case.ref)) == ["Ann Asker"]


def test_the_answer_to_a_follow_up_goes_only_to_who_asked_it(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk, ANN)
    opened(desk, BOB)
    desk.casework.answer(case.ref, JANE, "No.")
    followed_up(desk, case.ref, BOB, "Not even from home?")
    desk.casework.answer(case.ref, OMAR, "Not even then.")
    desk.delivery.deliver_due(messenger)
    assert (len(_questions(messenger, ANN.key)), len(_questions(messenger, BOB.key))) == (1, 2)


def test_questions_that_one_answer_serves_share_a_case_and_keep_their_words(
    knowing: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(knowing, ANN, "Purdah: may I post?")
    assert opened(knowing, BOB, "Purdah: posts forbidden?").ref == case.ref
    assert opened(knowing, BOB, "Drones: may I fly?").ref != case.ref
    knowing.casework.answer(case.ref, JANE, "No.")
    knowing.delivery.deliver_due(messenger)
    assert _questions(messenger, BOB.key) == ["Purdah: posts forbidden?"]


def test_a_like_question_that_is_answered_is_not_joined(knowing: Desk) -> None:
    case = opened(knowing, ANN, "Purdah: may I post?")
    knowing.casework.answer(case.ref, JANE, "No.")
    assert opened(knowing, BOB, "Purdah: posts forbidden?").ref != case.ref


def _questions(messenger: RecordingMessenger, address: str) -> list[str]:
    told = messenger.to(address)
    return [message.question for message in told if isinstance(message, CommsAnswer)]


def _waiting(case: Case) -> list[str]:
    return [asker.who.name for asker in case.askers if asker.waiting]
