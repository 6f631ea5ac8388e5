from datetime import timedelta
from itertools import pairwise

from desk.model.case import Step
from desk.model.errors import LeftForAnother, RetryAfter, Undeliverable
from desk.model.messages import BotReply, CaseCard, CaseNotice, CommsAnswer, MessageKind
from desk.model.question import Outcome
from desk.services.delivery import RetryPolicy
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE, accepted, answered, at_home, incoming, opened
from tests.desk.fakes import (
    BreakingMessenger,
    FakeClock,
    ForgetfulMessenger,
    RecordingMessenger,
)


def replied(desk: Desk) -> None:
    desk.intake.finish(accepted(desk, incoming()), Outcome.ANSWERED, "the reply")


def test_a_message_is_sent_once(desk: Desk, messenger: RecordingMessenger) -> None:
    replied(desk)
    assert desk.delivery.deliver_due(messenger) == 1
    assert desk.delivery.deliver_due(messenger) == 0


def test_a_contact_has_pending_messages_until_they_are_delivered(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    replied(desk)
    assert desk.delivery.has_pending(at_home(ANN))
    assert not desk.delivery.has_pending(at_home(BOB))
    desk.delivery.deliver_due(messenger)
    assert not desk.delivery.has_pending(at_home(ANN))


def test_a_message_waits_as_long_as_the_platform_asks(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    replied(desk)
    messenger.failures = [RetryAfter(30)]
    desk.delivery.deliver_due(messenger)
    clock.advance(seconds=29)
    assert desk.delivery.deliver_due(messenger) == 0
    clock.advance(seconds=1)
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("the reply")]
    assert messenger.asked_for == [], "it surely had not been sent"


def test_the_pause_between_tries_grows(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    replied(desk)
    messenger.failures = [TimeoutError() for _ in range(4)]
    tried_at = []
    for _ in range(60):
        if desk.delivery.deliver_due(messenger):
            tried_at.append(clock.now())
        clock.advance(seconds=1)
    pauses = [later - earlier for earlier, later in pairwise(tried_at)]
    assert len(messenger.sent) == 1
    assert pauses == sorted(pauses)
    assert pauses[-1] > timedelta(seconds=4)


def test_a_platform_that_keeps_asking_to_wait_is_tried_less_often(
    desk: Desk, clock: FakeClock
) -> None:
    replied(desk)
    busy = RecordingMessenger()
    busy.failures = [RetryAfter(2) for _ in range(1000)]
    tried_at = []
    for _ in range(360):
        if desk.delivery.deliver_due(busy):
            tried_at.append(clock.now())
        clock.advance(seconds=10)
    pauses = [later - earlier for earlier, later in pairwise(tried_at)]
    assert pauses[0] <= timedelta(seconds=10)
    assert pauses[-1] >= timedelta(minutes=5)
    assert len(tried_at) < 25


def test_a_clock_that_jumps_days_ahead_gives_no_message_up(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    replied(desk)
    messenger.failures = [TimeoutError(), RetryAfter(1)]
    for _ in range(2):
        desk.delivery.deliver_due(messenger)
        clock.advance(days=3)
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("the reply")]


def test_a_message_that_is_left_for_another_messenger_was_not_tried(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    replied(desk)
    for _ in range(9):
        messenger.failures = [LeftForAnother("not mine")]
        desk.delivery.deliver_due(messenger)
        clock.advance(seconds=1)
    assert desk.undelivered() == ()
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("the reply")]
    assert messenger.asked_for == [], "nobody had tried it"


def test_waits_double_up_to_the_longest_and_are_spread_by_chance() -> None:
    retry = RetryPolicy(first=timedelta(seconds=2), longest=timedelta(minutes=1))
    waits = [retry.wait(attempts, 0.0).total_seconds() for attempts in (1, 2, 3, 9, 500)]
    assert waits == [2, 4, 8, 60, 60]
    assert retry.wait(9, 1.0).total_seconds() == 30
    assert retry.wait(9, 1.0, asked=timedelta(hours=1)) == timedelta(hours=1)


def test_a_message_sent_before_the_connection_broke_is_found_and_not_sent_again(
    desk: Desk, clock: FakeClock
) -> None:
    replied(desk)
    breaking = BreakingMessenger()
    desk.delivery.deliver_due(breaking)
    clock.advance(minutes=1)
    desk.delivery.deliver_due(breaking)
    assert (len(breaking.sent), len(breaking.asked_for)) == (1, 1)
    clock.advance(days=1)
    assert desk.delivery.deliver_due(breaking) == 0


def test_a_message_is_sent_again_where_the_platform_cannot_tell_whether_it_was(
    desk: Desk, clock: FakeClock
) -> None:
    replied(desk)
    forgetful = ForgetfulMessenger()
    forgetful.failures = [ConnectionError()]
    desk.delivery.deliver_due(forgetful)
    clock.advance(minutes=1)
    desk.delivery.deliver_due(forgetful)
    assert (len(forgetful.sent), len(forgetful.asked_for)) == (1, 1)


def test_comms_are_told_that_an_answer_could_not_be_delivered(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    desk.delivery.deliver_due(messenger)
    desk.casework.answer(case.ref, JANE, "No.")
    messenger.failures = [Undeliverable("The asker has left.")]
    desk.delivery.deliver_due(messenger)
    event = next(
        event for event in desk.casework.show(case.ref).events if event.step is Step.UNDELIVERABLE
    )
    assert event.text == MessageKind.ANSWER
    notices = [sent.message for sent in messenger.sent if isinstance(sent.message, CaseNotice)]
    assert [notice.kind for notice in notices] == [MessageKind.UNDELIVERABLE]
    assert desk.backlog().undeliverable == 1


def test_no_notice_is_sent_to_the_channel_that_could_not_be_reached(desk: Desk) -> None:
    case = opened(desk)
    only_comms = _OnlyComms()
    only_comms.failures = [Undeliverable("No such channel.")]
    assert desk.delivery.deliver_due(only_comms) == 1
    assert desk.casework.show(case.ref).events[-1].step is Step.UNDELIVERABLE


def test_a_message_that_fails_for_days_is_given_up(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    replied(desk)
    messenger.failures = [TimeoutError() for _ in range(1000)]
    for _ in range(100):
        desk.delivery.deliver_due(messenger)
        clock.advance(minutes=40)
    assert desk.backlog().undeliverable == 1
    assert desk.backlog().waiting == 0


def test_messages_of_one_case_are_delivered_in_order(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = opened(desk)
    messenger.failures = [TimeoutError(), TimeoutError()]
    desk.delivery.deliver_due(messenger)
    desk.casework.answer(case.ref, JANE, "No.")
    assert desk.delivery.deliver_due(messenger) == 0
    clock.advance(minutes=1)
    desk.delivery.deliver_due(messenger)
    assert isinstance(messenger.to(ANN.key)[-1], CommsAnswer)


def test_one_asker_who_cannot_be_reached_holds_up_nobody_else(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    replied(desk)
    messenger.failures = [TimeoutError()]
    desk.delivery.deliver_due(messenger)
    replied(desk)
    desk.delivery.deliver_due(messenger)
    assert len(messenger.sent) == 1


def test_messages_of_another_surface_are_left_alone(desk: Desk) -> None:
    answered(desk)
    only_comms = _OnlyComms()
    desk.delivery.deliver_due(only_comms)
    assert {type(sent.message) for sent in only_comms.sent} == {CaseCard}
    assert desk.backlog().waiting == 2


def test_the_backlog_says_when_the_oldest_message_was_queued(desk: Desk, clock: FakeClock) -> None:
    replied(desk)
    asked = clock.now()
    clock.advance(hours=1)
    replied(desk)
    assert (desk.backlog().waiting, desk.backlog().oldest) == (2, asked)


class _OnlyComms(RecordingMessenger):
    surfaces = frozenset({"comms"})
