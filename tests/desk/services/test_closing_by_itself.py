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
    assert (last.step, last.who.name) == (Step.CLOSED, "the bot")
    cards = [each.message for each in messenger.sent if isinstance(each.message, CaseCard)]
    assert cards[-1].case.status is Status.CLOSED


def test_it_closes_once_and_its_asker_hears_nothing_of_it(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    desk.delivery.deliver_due(messenger)
    heard = len(messenger.to(ANN.key))
    clock.advance(days=15)
    assert [desk.jobs.close_answered(), desk.jobs.close_answered()] == [1, 0]
    desk.delivery.deliver_due(messenger)
    assert len(messenger.to(ANN.key)) == heard


def test_the_asker_may_still_follow_up(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    answered(desk)
    desk.delivery.deliver_due(messenger)
    clock.advance(days=15)
    desk.jobs.close_answered()
    assert followed_up(desk, "C-1", ANN, "And now?").status is Status.REOPENED


def test_a_case_that_still_waits_or_was_followed_up_stays(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = answered(desk)
    followed_up(desk, case.ref, ANN, "And now?")
    opened(desk, text="Who pays?")
    desk.delivery.deliver_due(messenger)
    clock.advance(days=15)
    assert desk.jobs.close_answered() == 0


def test_a_correction_begins_the_time_again(
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


def test_an_answer_that_has_not_arrived_keeps_its_case(
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


def test_an_answer_that_cannot_arrive_leaves_its_case_to_comms(
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
