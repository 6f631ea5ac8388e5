"""One case for all who wait for the same answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from desk.model.case import Case, Status
from desk.model.messages import CommsAnswer
from desk.model.question import Escalation
from desk.services.desk import Desk, Rules, open_desk
from knowledge.reason import Reason
from tests.desk.council import (
    ANN,
    BOB,
    JANE,
    OMAR,
    QUESTION,
    accepted,
    answered,
    edited,
    followed_up,
    incoming,
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


def test_the_same_question_in_other_words_joins_the_case(
    knowing: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(knowing, ANN, "Purdah: may I post?")
    assert opened(knowing, BOB, "Purdah: posts forbidden?").ref == case.ref
    assert opened(knowing, BOB, "Drones: may I fly?").ref != case.ref
    knowing.casework.answer(case.ref, JANE, "No.")
    knowing.delivery.deliver_due(messenger)
    assert _questions(messenger, BOB.key) == ["Purdah: posts forbidden?"]


class Meanwhile:
    """Takes a question for the same, while something happens to the case."""

    def __init__(self) -> None:
        self.happens: Callable[[], object] = bool

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:  # noqa: ARG002 -- the Protocol's names
        self.happens()
        return range(len(pending))


@pytest.fixture
def meanwhile() -> Meanwhile:
    return Meanwhile()


@pytest.fixture
def slow(address: str, clock: FakeClock, meanwhile: Meanwhile) -> Iterator[Desk]:
    desk = open_desk(address, Rules(), clock, meanwhile)
    yield desk
    desk.close()


@pytest.mark.parametrize("change", ["edited", "answered", "withdrawn", "erased"])
def test_a_case_that_changed_during_the_comparison_is_not_joined(
    slow: Desk, meanwhile: Meanwhile, change: str
) -> None:
    case = opened(slow, ANN, "May we post with consent?", message="m-70")
    changes: dict[str, Callable[[], object]] = {
        "edited": lambda: edited(slow, "m-70", "May we post without consent?"),
        "answered": lambda: slow.casework.answer(case.ref, JANE, "Yes."),
        "withdrawn": lambda: withdrawn(slow, case.ref, ANN),
        "erased": lambda: slow.privacy.erase(ANN.key, JANE),
    }
    meanwhile.happens = changes[change]
    assert opened(slow, BOB, "Posting with consent, please?").ref != case.ref


def test_opposite_questions_are_not_joined(desk: Desk) -> None:
    case = opened(desk, ANN, "May we post photos of pupils with consent?")
    assert opened(desk, BOB, "May we post photos of pupils without consent?").ref != case.ref


def test_a_case_with_earlier_messages_is_not_joined_by_its_last_words_alone(knowing: Desk) -> None:
    first = replace(incoming(ANN, "And on Sunday?"), history=("May I post?",))
    number = accepted(knowing, first)
    case = knowing.escalations.hand_over(
        Escalation(number, Reason.NEAR_MISS, history=first.history)
    )
    assert opened(knowing, BOB, "And on Sunday?").ref != case.ref
    assert opened(knowing, OMAR, "And at night?").ref != case.ref


def test_an_answered_case_is_not_joined(knowing: Desk) -> None:
    case = opened(knowing, ANN, "Purdah: may I post?")
    knowing.casework.answer(case.ref, JANE, "No.")
    assert opened(knowing, BOB, "Purdah: posts forbidden?").ref != case.ref


def _questions(messenger: RecordingMessenger, address: str) -> list[str]:
    told = messenger.to(address)
    return [message.question for message in told if isinstance(message, CommsAnswer)]


def _waiting(case: Case) -> list[str]:
    return [asker.person.name for asker in case.askers if asker.waiting]
