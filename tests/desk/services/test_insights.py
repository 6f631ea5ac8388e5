from datetime import timedelta

from desk.model.case import Quote
from desk.model.question import Decision, Outcome, Verdict
from desk.services.desk import Desk
from desk.services.insights import Day, Judged, Topic
from tests.desk.council import ANN, BOB, CLAUSE, JANE, accepted, incoming, opened
from tests.desk.fakes import FakeClock


def test_each_day_has_its_figures(desk: Desk, clock: FakeClock) -> None:
    start = clock.now()
    desk.intake.finish(accepted(desk, incoming()), Outcome.ANSWERED, "yes", (), Decision(0.93))
    desk.intake.finish(accepted(desk, incoming()), Outcome.HELP, "hello")
    accepted(desk, incoming())
    clock.advance(days=2)
    case = opened(desk)
    desk.intake.finish(accepted(desk, incoming()), Outcome.OFFERED, "shall I?")
    clock.advance(hours=1)
    desk.casework.answer(case.ref, JANE, "No.")
    course = desk.insights.course(start, clock.now() + timedelta(seconds=1))
    first = start.date()
    assert course.days == (
        Day(first, answered=1, handed_over=0, others=1),
        Day(first + timedelta(days=1), answered=0, handed_over=0, others=0),
        Day(first + timedelta(days=2), answered=0, handed_over=2, others=0),
    )
    assert course.waits == (timedelta(hours=1),)


def test_what_comms_were_spared_counts_what_stayed_with_the_bot(
    desk: Desk, clock: FakeClock
) -> None:
    numbers = [accepted(desk, incoming(text=f"May I {number}?")) for number in range(3)]
    for number in numbers:
        desk.intake.finish(number, Outcome.ANSWERED, "yes", (CLAUSE,), Decision(0.93))
    desk.asked_questions.correct(numbers[0], JANE, "No.")
    opened(desk)
    desk.intake.finish(accepted(desk, incoming(BOB)), Outcome.OFFERED, "shall I?")
    desk.intake.finish(accepted(desk, incoming(BOB)), Outcome.CLARIFY, "which?")
    course = desk.insights.course(clock.now(), clock.now() + timedelta(days=1))
    assert (course.alone, course.with_comms) == (2, 3)
    assert course.weekdays == (6, 0, 0, 0, 0, 0, 0)


def test_a_question_is_about_what_was_cited_or_what_is_closest(
    desk: Desk, clock: FakeClock
) -> None:
    other = Quote("social-media", "5", "Pictures", "Ask first.")
    desk.intake.finish(accepted(desk, incoming()), Outcome.ANSWERED, "yes", (other, CLAUSE))
    opened(desk)
    opened(desk, BOB)
    desk.intake.finish(accepted(desk, incoming(BOB)), Outcome.HELP, "hello")
    course = desk.insights.course(clock.now(), clock.now() + timedelta(days=1))
    assert course.topics == (Topic(CLAUSE.clause_ref, 2), Topic(other.clause_ref, 1))


def test_verdicts_are_paired_with_the_confidence_of_the_bot(desk: Desk, clock: FakeClock) -> None:
    sure, unsure = accepted(desk, incoming()), accepted(desk, incoming())
    desk.intake.finish(sure, Outcome.ANSWERED, "yes", (), Decision(0.93))
    desk.intake.finish(unsure, Outcome.ANSWERED, "yes", (), Decision(0.7))
    by_comms = accepted(desk, incoming())
    desk.intake.finish(by_comms, Outcome.ANSWERED, "published")
    for number, verdict in ((sure, Verdict.HELPFUL), (unsure, Verdict.NOT_HELPFUL)):
        desk.intake.feedback(number, ANN, verdict)
    desk.intake.feedback(by_comms, ANN, Verdict.HELPFUL)
    course = desk.insights.course(clock.now(), clock.now() + timedelta(days=1))
    assert course.judged == (Judged(0.7, Verdict.NOT_HELPFUL), Judged(0.93, Verdict.HELPFUL))
