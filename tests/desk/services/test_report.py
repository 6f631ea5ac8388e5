from datetime import date, timedelta

from desk.model.case import Naming
from desk.model.precedent import Reviewed, cite
from desk.model.question import Outcome, Verdict
from desk.services.desk import Desk
from desk.services.report import Report
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, CLAUSE, JANE, accepted, incoming, opened
from tests.desk.fakes import FakeClock, SharedWord
from tests.toy import POLICY


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


def test_gaps_count_people_and_not_how_often_they_asked(desk: Desk, clock: FakeClock) -> None:
    for number in range(4):
        opened(desk, ANN, f"Drones over park {number}?", naming=Naming.UNNAMED)
    opened(desk, ANN, "Podcasts by Ann?")
    clock.advance(hours=1)
    opened(desk, BOB, "Podcasts by Bob?")
    podcasts, drones = report(desk, clock).gaps
    assert (podcasts.askers, podcasts.cases) == (2, ("C-5", "C-6"))
    assert (drones.askers, len(drones.questions), len(drones.cases)) == (1, 4, 4)
    assert podcasts.last_at == clock.now()


def test_a_gap_says_where_it_was_answered_since(desk: Desk, clock: FakeClock) -> None:
    opened(desk, ANN, "Podcasts by Ann?")
    opened(desk, BOB, "Podcasts by Bob?")
    opened(desk, BOB, "Drones by Bob?")
    assert [gap.answered_in for gap in report(desk, clock).gaps] == [(), ()]
    desk.casework.answer("C-1", JANE, "No.", (CLAUSE,))
    cited = (cite(POLICY, POLICY.clauses[0]),)
    reviewed = Reviewed("Podcasts by us?", "No.", cited, "Comms", date(2030, 1, 1))
    desk.publishing.publish("C-1", JANE, reviewed)
    podcasts, drones = report(desk, clock).gaps
    assert podcasts.answered_in == ("P-1", "C-1")
    assert drones.answered_in == ()
    desk.publishing.retire("P-1", JANE)
    assert report(desk, clock).gaps[0].answered_in == ("C-1",)


def test_a_published_answer_alone_is_no_gap(desk: Desk, clock: FakeClock) -> None:
    cited = (cite(POLICY, POLICY.clauses[0]),)
    opened(desk, ANN, "Podcasts?", reason=Reason.SENSITIVE)
    desk.casework.answer("C-1", JANE, "No.", (CLAUSE,))
    desk.publishing.publish("C-1", JANE, Reviewed("P?", "No.", cited, "C", date(2030, 1, 1)))
    assert report(desk, clock).gaps == ()


def test_a_week_in_which_nothing_happened_has_a_report(desk: Desk, clock: FakeClock) -> None:
    found = report(desk, clock)
    assert (found.questions, found.median_wait, found.gaps) == (0, None, ())


def test_questions_before_the_period_are_not_counted(desk: Desk, clock: FakeClock) -> None:
    opened(desk)
    clock.advance(days=30)
    found = report(desk, clock)
    assert (found.questions, found.cases, found.gaps) == (0, 0, ())
