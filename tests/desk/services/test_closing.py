from desk.model.case import Status, Step
from desk.model.errors import Undeliverable
from desk.model.messages import CaseCard
from desk.services.desk import Desk
from tests.desk.council import ANN, JANE, answered, followed_up, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


def status(desk: Desk) -> Status:
    return desk.casework.show("C-1").status


def test_an_answered_case_closes_after_two_weeks_by_the_bot_and_the_card_shows_it(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    desk.delivery.deliver_due(messenger)
    clock.advance(days=14)
    assert desk.jobs.close_answered() == 0
    clock.advance(minutes=1)
    assert desk.jobs.close_answered() == 1
    desk.delivery.deliver_due(messenger)
    last = desk.casework.show("C-1").events[-1]
    assert (last.step, last.person.name) == (Step.CLOSED, "the bot")
    cards = [each.message for each in messenger.sent if isinstance(each.message, CaseCard)]
    assert cards[-1].case.status is Status.CLOSED


def test_a_case_closes_once_without_a_message_to_its_asker(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    desk.delivery.deliver_due(messenger)
    heard = len(messenger.to(ANN.key))
    clock.advance(days=15)
    assert [desk.jobs.close_answered(), desk.jobs.close_answered()] == [1, 0]
    desk.delivery.deliver_due(messenger)
    assert len(messenger.to(ANN.key)) == heard


def test_the_asker_may_follow_up_after_the_case_closed(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    desk.delivery.deliver_due(messenger)
    clock.advance(days=15)
    desk.jobs.close_answered()
    assert followed_up(desk, "C-1", ANN, "And now?").status is Status.REOPENED


def test_an_unanswered_or_followed_up_case_stays_open(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = answered(desk)
    followed_up(desk, case.ref, ANN, "And now?")
    opened(desk, text="Who pays?")
    desk.delivery.deliver_due(messenger)
    clock.advance(days=15)
    assert desk.jobs.close_answered() == 0


def test_a_correction_starts_the_closing_time_again(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = answered(desk)
    desk.delivery.deliver_due(messenger)
    clock.advance(days=10)
    desk.casework.correct(case.ref, JANE, "Yes.")
    desk.delivery.deliver_due(messenger)
    clock.advance(days=10)
    assert desk.jobs.close_answered() == 0
    clock.advance(days=5)
    assert desk.jobs.close_answered() == 1


def test_a_case_stays_open_until_its_answer_arrived(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    clock.advance(days=15)
    assert desk.jobs.close_answered() == 0
    desk.delivery.deliver_due(messenger)
    clock.advance(days=13)
    assert desk.jobs.close_answered() == 0
    clock.advance(days=2)
    assert desk.jobs.close_answered() == 1


def test_a_case_with_an_undeliverable_answer_is_left_to_comms(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    desk.casework.answer(case.ref, JANE, "No.")
    messenger.failures = [Undeliverable("gone")]
    desk.delivery.deliver_due(messenger)
    clock.advance(days=30)
    assert desk.jobs.close_answered() == 0
    assert status(desk) is Status.ANSWERED
