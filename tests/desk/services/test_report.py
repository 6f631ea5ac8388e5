from datetime import timedelta

from desk.model.question import Outcome, Verdict
from desk.services.desk import Desk
from desk.services.report import Report
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, CLAUSE, JANE, accepted, incoming, opened
from tests.desk.fakes import FakeClock, SharedWord


def report(desk: Desk, clock: FakeClock) -> Report:
    until = clock.now() + timedelta(days=1)
    return desk.reports.report(until - timedelta(days=8), until, SharedWord())


def test_the_figures_of_a_week(desk: Desk, clock: FakeClock) -> None:
    number = accepted(desk, incoming())
    desk.intake.finish(number, Outcome.ANSWERED, "yes", (CLAUSE,))
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    case = opened(desk)
    opened(desk, BOB)
    opened(desk, BOB, "Who pays?", reason=Reason.SENSITIVE)
    disliked = accepted(desk, incoming(BOB))
    desk.intake.finish(disliked, Outcome.ANSWERED, "yes")
    desk.intake.feedback(disliked, BOB, Verdict.NOT_HELPFUL)
    clock.advance(hours=3)
    desk.casework.answer(case.ref, JANE, "No.", (CLAUSE,))
    found = report(desk, clock)
    assert found.questions == 5
    assert found.outcomes == ((Outcome.ESCALATED, 3), (Outcome.ANSWERED, 2))
    assert found.handed_over == ((Reason.BELOW_THRESHOLD, 2), (Reason.SENSITIVE, 1))
    assert found.verdicts == ((Verdict.HELPFUL, 1), (Verdict.NOT_HELPFUL, 1))
    assert (found.cases, found.cases_answered) == (2, 1)
    assert found.median_wait == timedelta(hours=3)
    assert [(each.section, each.times) for each in found.most_cited] == [("4(c)", 2)]


def test_gaps_are_grouped_the_largest_first_and_masked(desk: Desk, clock: FakeClock) -> None:
    opened(desk, text="Drones over the park?")
    opened(desk, text="Podcasts by ann@example.org?")
    opened(desk, text="Podcasts by the mayor?")
    opened(desk, text="Sensitive things?", reason=Reason.SENSITIVE)
    number = accepted(desk, incoming(text="Podcasts by bob@example.org?"))
    desk.intake.finish(number, Outcome.OFFERED, "shall I ask comms?")
    gaps = [set(gap.questions) for gap in report(desk, clock).gaps]
    assert gaps == [
        {
            "Podcasts by [e-mail address]?",
            "Podcasts by the mayor?",
        },
        {"Drones over the park?"},
    ]


def test_a_week_in_which_nothing_happened_has_a_report(desk: Desk, clock: FakeClock) -> None:
    found = report(desk, clock)
    assert (found.questions, found.median_wait, found.gaps) == (0, None, ())


def test_questions_before_the_period_are_not_counted(desk: Desk, clock: FakeClock) -> None:
    opened(desk)
    clock.advance(days=30)
    found = report(desk, clock)
    assert (found.questions, found.cases, found.gaps) == (0, 0, ())
