from collections.abc import Callable

import pytest

from desk.model.case import Case, Naming, Status, Step
from desk.model.case_filter import CaseFilter
from desk.model.errors import Overtaken
from desk.model.people import Person
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, JANE, OMAR, opened
from tests.desk.fakes import FakeClock
from tests.desk.storage.test_races import at_once


def refs(desk: Desk, wanted: CaseFilter) -> list[str]:
    return [case.ref for case in desk.queue.listed(wanted, 100)]


def test_the_queue_shows_what_waits_and_hides_what_is_done(desk: Desk) -> None:
    first, second = opened(desk).ref, opened(desk, BOB, "Who pays?").ref
    desk.casework.answer(first, JANE, "No.")
    assert refs(desk, CaseFilter()) == [second]
    assert refs(desk, CaseFilter(statuses=frozenset(Status))) == [first, second]


def test_filters_hold_together(desk: Desk, clock: FakeClock) -> None:
    mine = opened(desk).ref
    other = opened(desk, BOB, "Who pays 100% of it?", reason=Reason.UNHAPPY).ref
    desk.casework.claim(mine, JANE)
    assert refs(desk, CaseFilter(held_by=JANE)) == [mine]
    assert refs(desk, CaseFilter(held_by=OMAR)) == []
    assert refs(desk, CaseFilter(reason=Reason.UNHAPPY)) == [other]
    assert refs(desk, CaseFilter(text="PAYS 100%")) == [other]
    assert refs(desk, CaseFilter(text="pays_100")) == []
    assert refs(desk, CaseFilter(overdue=True)) == []
    clock.advance(days=3)
    assert refs(desk, CaseFilter(overdue=True, held_by=JANE)) == [mine]


def test_at_most_the_given_number_is_listed(desk: Desk) -> None:
    for number in range(3):
        opened(desk, text=f"Question {number}?")
    assert len(desk.queue.listed(CaseFilter(), 2)) == 2


def test_held_is_true_only_for_the_holder(desk: Desk) -> None:
    case = desk.casework.claim(opened(desk).ref, JANE)
    assert desk.queue.held(case, JANE)
    assert not desk.queue.held(case, OMAR)


def test_news_name_colleagues_and_no_unnamed_asker(desk: Desk) -> None:
    assert desk.queue.last_event() == 0
    opened(desk, ANN, naming=Naming.UNNAMED)
    before = desk.queue.last_event()
    desk.casework.claim("C-1", JANE)
    (claimed,) = desk.queue.news(before)
    assert (claimed.event.step, claimed.event.person.name) == (Step.CLAIMED, "Jane Smith")
    (first, _) = desk.queue.news(0)
    assert (first.event.step, first.event.person.name) == (Step.OPENED, "")


def test_a_step_on_an_old_version_is_refused_and_changes_nothing(desk: Desk) -> None:
    case = opened(desk)
    seen = case.version
    desk.casework.claim(case.ref, OMAR)
    with pytest.raises(Overtaken, match="C-1 has changed"):
        desk.casework.take_over(case.ref, JANE, expected_version=seen)
    assert [event.step for event in desk.casework.show(case.ref).events][-1] is Step.CLAIMED


def test_of_many_who_answer_one_version_only_the_first_succeeds(desk: Desk) -> None:
    case = opened(desk)
    seen = case.version

    def answer(person: Person) -> Callable[[], Case]:
        text = f"Says {person.name}."
        return lambda: desk.casework.answer(case.ref, person, text, expected_version=seen)

    outcomes = at_once([answer(person) for person in (JANE, OMAR, ANN, BOB)])
    assert sum(isinstance(outcome, Case) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Overtaken) for outcome in outcomes) == 3
    assert len(desk.casework.show(case.ref).answers) == 1


def test_a_step_on_the_latest_version_is_taken(desk: Desk) -> None:
    case = opened(desk)
    desk.casework.answer(case.ref, JANE, "No.", expected_version=case.version)
    assert desk.casework.show(case.ref).status is Status.ANSWERED
