from desk.model.case import Step
from desk.model.messages import BotReply, CaseNotice, MessageKind
from desk.model.question import Escalation, Outcome, Question
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import ANN, JANE, accepted, followed_up, incoming, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


def notices(desk: Desk, messenger: RecordingMessenger) -> list[MessageKind]:
    desk.delivery.deliver_due(messenger)
    messages = [sent.message for sent in messenger.sent]
    return [message.kind for message in messages if isinstance(message, CaseNotice)]


def test_comms_are_reminded_before_a_case_is_due_and_told_when_it_is_late(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    opened(desk)
    desk.jobs.remind()
    assert notices(desk, messenger) == []
    clock.advance(hours=5)
    desk.jobs.remind()
    assert notices(desk, messenger) == [MessageKind.REMINDER]
    clock.advance(hours=18)
    desk.jobs.remind()
    assert notices(desk, messenger) == [MessageKind.REMINDER, MessageKind.OVERDUE]


def test_each_notice_comes_once(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    opened(desk)
    clock.advance(hours=5)
    for _ in range(3):
        desk.jobs.remind()
        clock.advance(minutes=1)
    assert notices(desk, messenger) == [MessageKind.REMINDER]


def test_a_reopened_case_has_a_new_due_time_and_new_notices(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = opened(desk)
    clock.advance(days=2)
    desk.jobs.remind()
    desk.casework.answer(case.ref, JANE, "No.")
    followed_up(desk, case.ref, ANN, "And now?")
    clock.advance(days=2)
    desk.jobs.remind()
    assert notices(desk, messenger) == [
        MessageKind.OVERDUE,
        MessageKind.FOLLOW_UP,
        MessageKind.OVERDUE,
    ]


def test_an_answered_case_is_never_late(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.")
    clock.advance(days=9)
    desk.jobs.remind()
    assert notices(desk, messenger) == []


def test_an_unfinished_question_is_swept_after_the_grace_time(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    number = accepted(desk, incoming())

    def finish(question: Question) -> None:
        assert question.id == number
        desk.intake.finish(question.id, Outcome.ANSWERED, "late but here")

    assert desk.jobs.sweep(finish) == 0
    clock.advance(minutes=3)
    assert desk.jobs.sweep(finish) == 1
    assert desk.jobs.sweep(finish) == 0
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("late but here")]


def test_a_swept_question_may_become_a_case(desk: Desk, clock: FakeClock) -> None:
    accepted(desk, incoming())
    clock.advance(minutes=3)
    desk.jobs.sweep(
        lambda left: desk.escalations.hand_over(Escalation(left.id, Reason.INTERRUPTED))
    )
    (case,) = desk.casework.listed()
    assert (case.reason, case.events[0].step) == (Reason.INTERRUPTED, Step.OPENED)


def test_a_question_that_fails_holds_up_no_other(desk: Desk, clock: FakeClock) -> None:
    first = accepted(desk, incoming())
    accepted(desk, incoming())
    tries = []

    def finish(question: Question) -> None:
        if question.id == first:
            tries.append(question.tries)
            raise RuntimeError
        desk.intake.finish(question.id, Outcome.ANSWERED, "the reply")

    clock.advance(minutes=3)
    assert [desk.jobs.sweep(finish), desk.jobs.sweep(finish)] == [2, 1]
    assert tries == [0, 1]


def test_a_sweep_during_the_answer_gives_no_second_one(
    desk: Desk, messenger: RecordingMessenger, clock: FakeClock
) -> None:
    number = accepted(desk, incoming())
    clock.advance(minutes=3)

    def finish(question: Question) -> None:
        desk.intake.finish(number, Outcome.ANSWERED, "from the slow worker")
        desk.intake.finish(question.id, Outcome.ANSWERED, "from the sweeper")

    desk.jobs.sweep(finish)
    desk.delivery.deliver_due(messenger)
    assert messenger.to(ANN.key) == [BotReply("from the slow worker")]
