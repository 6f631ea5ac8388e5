from collections.abc import Callable

import pytest

from desk.model.case import Case, Naming, Status, Step
from desk.model.case_filter import CaseFilter, CaseOrder
from desk.model.errors import Overtaken
from desk.model.people import Person
from desk.services.desk import Desk
from desk.services.queue import Neighbours
from knowledge.reason import Reason
from tests.desk.council import ANN, BOB, JANE, OMAR, followed_up, opened
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


EVERY = frozenset(Status)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C-2", ["C-2"]),
        ("c-1", ["C-1"]),
        ("2", ["C-2", "C-1"]),
        ("LLÊN", ["C-1"]),
        ("polling", ["C-2"]),
        ("corrected", ["C-2"]),
        ("on friday", ["C-1"]),
        ("100%_", []),
        ("C-999999999999999999", []),
    ],
)
def test_references_questions_additions_and_answers_are_searched(
    desk: Desk, clock: FakeClock, text: str, found: list[str]
) -> None:
    opened(desk, text="Beth am y LLên, room 2?")
    followed_up(desk, "C-1", ANN, "It is on Friday.")
    opened(desk, BOB, "Who pays?")
    desk.casework.answer("C-2", JANE, "Wait until Polling day.")
    desk.casework.correct("C-2", JANE, "Corrected: no.")
    clock.advance(minutes=1)
    assert sorted(refs(desk, CaseFilter(EVERY, text=text))) == sorted(found)


def test_cases_are_filtered_by_the_day_and_by_the_policy(desk: Desk, clock: FakeClock) -> None:
    first, begin = opened(desk).ref, clock.now()
    clock.advance(days=1)
    second = opened(desk, BOB, "Who pays?").ref
    assert refs(desk, CaseFilter(since=begin, before=clock.now())) == [first]
    assert refs(desk, CaseFilter(since=clock.now())) == [second]
    assert refs(desk, CaseFilter(policy="social-media")) == [first, second]
    for none in ("social", "Purdah", 'x", "4(c)', "%"):
        assert refs(desk, CaseFilter(policy=none)) == []


def test_the_queue_is_sorted_both_ways(desk: Desk, clock: FakeClock) -> None:
    opened(desk, text="Old?", reason=Reason.UNHAPPY)
    clock.advance(minutes=5)
    opened(desk, BOB, "New?")
    desk.casework.claim("C-1", OMAR)
    clock.advance(minutes=5)
    opened(desk, OMAR, "Newest?", reason=Reason.ASKED_FOR_COMMS)
    desk.casework.claim("C-3", JANE)

    def sorted_by(order: CaseOrder, *, descending: bool = False) -> list[str]:
        return refs(desk, CaseFilter(order=order, descending=descending))

    assert sorted_by(CaseOrder.OPENED) == ["C-1", "C-2", "C-3"]
    assert sorted_by(CaseOrder.OPENED, descending=True) == ["C-3", "C-2", "C-1"]
    assert sorted_by(CaseOrder.HOLDER) == ["C-2", "C-3", "C-1"]
    assert sorted_by(CaseOrder.STATUS) == ["C-2", "C-1", "C-3"]
    by_reason = [desk.casework.show(ref).reason.for_comms for ref in sorted_by(CaseOrder.REASON)]
    assert by_reason == sorted(by_reason)


def test_a_case_has_neighbours_also_after_it_has_left_the_list(desk: Desk) -> None:
    for number in range(3):
        opened(desk, text=f"Question {number}?")
    second = desk.casework.show("C-2")
    assert desk.queue.neighbours(second, CaseFilter()) == Neighbours("C-1", "C-3")
    answered = desk.casework.answer("C-2", JANE, "No.")
    assert desk.queue.neighbours(answered, CaseFilter()) == Neighbours("C-1", "C-3")
    third = desk.casework.show("C-3")
    assert desk.queue.neighbours(third, CaseFilter()) == Neighbours("C-1", "")
    assert desk.queue.neighbours(third, CaseFilter(descending=True)) == Neighbours("", "C-1")
    only = CaseFilter(text="Question 0")
    assert desk.queue.neighbours(third, only) == Neighbours("C-1", "")


@pytest.mark.parametrize("order", [CaseOrder.STATUS, CaseOrder.HOLDER])
def test_an_answered_case_keeps_its_neighbours_in_a_list_in_which_it_moves(
    desk: Desk, order: CaseOrder
) -> None:
    for number in range(3):
        opened(desk, text=f"Question {number}?")
    answered = desk.casework.answer("C-2", JANE, "No.")
    for wanted in (CaseFilter(order=order), CaseFilter(order=order, descending=True)):
        assert desk.queue.neighbours(answered, wanted) == Neighbours("C-1", "C-3")


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
