"""Two people, or two workers, at the very same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from desk.model.case import Case, Step
from desk.model.errors import AlreadyAnswered, AlreadyClaimed, AlreadyFinished, DeskError
from desk.model.messages import CommsAnswer
from desk.model.people import Person
from desk.model.question import Accepted, AlreadySeen, Escalation, Outcome
from desk.services.desk import Desk
from knowledge.reason import Reason
from tests.desk.council import JANE, accepted, incoming, opened
from tests.desk.fakes import RecordingMessenger

Result = TypeVar("Result")
CROWD = [Person(f"terminal:{name}", name) for name in ("Amy", "Ben", "Cai", "Dee", "Eve", "Fay")]


def at_once(acts: list[Callable[[], Result]]) -> list[Result | DeskError]:
    start = Barrier(len(acts))

    def run(act: Callable[[], Result]) -> Result | DeskError:
        start.wait(10)
        try:
            return act()
        except DeskError as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def claim(desk: Desk, case: Case, person: Person) -> Callable[[], Case]:
    return lambda: desk.casework.claim(case.ref, person)


def answer(desk: Desk, case: Case, person: Person) -> Callable[[], Case]:
    return lambda: desk.casework.answer(case.ref, person, f"Says {person.name}.")


def ask(desk: Desk, person: Person) -> Callable[[], Case]:
    number = accepted(desk, incoming(person))
    return lambda: desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS))


def test_of_many_claims_one_wins_and_the_others_are_told_whose(desk: Desk) -> None:
    case = opened(desk)
    outcomes = at_once([claim(desk, case, person) for person in CROWD])
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, Case)]
    assert won.holder is not None
    told = {str(outcome) for outcome in outcomes if isinstance(outcome, AlreadyClaimed)}
    assert told == {f"{case.ref} is already with {won.holder.name}."}
    assert len(outcomes) - 1 == len([each for each in outcomes if isinstance(each, DeskError)])


def test_of_many_answers_one_is_delivered_and_the_others_are_told_whose(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    outcomes = at_once([answer(desk, case, person) for person in CROWD])
    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadyAnswered)]
    assert len(refused) == len(CROWD) - 1
    desk.delivery.deliver_due(messenger)
    (told,) = [sent.message for sent in messenger.sent if isinstance(sent.message, CommsAnswer)]
    assert told.text == f"Says {told.answered_by.name}."
    assert all(told.answered_by.name in str(refusal) for refusal in refused)


def test_many_who_ask_the_same_at_once_share_one_case_and_are_all_answered(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    at_once([ask(desk, person) for person in CROWD])
    (case,) = desk.casework.listed()
    assert len(case.askers) == len(CROWD)
    assert Counter(event.step for event in case.events) == {Step.OPENED: 1, Step.JOINED: 5}
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(messenger)
    told = [sent.contact.address for sent in messenger.sent if type(sent.message) is CommsAnswer]
    assert sorted(told) == sorted(person.key for person in CROWD)


def test_a_question_during_the_answer_is_answered_or_gets_a_new_case(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = opened(desk)
    latecomers = [ask(desk, person) for person in CROWD[1:]]
    at_once([answer(desk, case, JANE), *latecomers])
    desk.delivery.deliver_due(messenger)
    told = {sent.contact.address for sent in messenger.sent if type(sent.message) is CommsAnswer}
    waiting = {
        person.key
        for person in CROWD[1:]
        for mine in desk.intake.cases_of(person)
        if mine in desk.casework.listed()
    }
    assert {person.key for person in CROWD[1:]} <= told | waiting
    assert not told & waiting


def test_an_event_that_arrives_many_times_at_once_is_accepted_once(desk: Desk) -> None:
    question = incoming()
    outcomes = at_once([lambda: desk.intake.accept(question) for _ in range(6)])
    assert Counter(type(outcome) for outcome in outcomes) == {Accepted: 1, AlreadySeen: 5}


def test_two_workers_on_one_question_give_it_one_outcome(desk: Desk) -> None:
    number = accepted(desk, incoming())
    outcomes = at_once(
        [lambda: desk.intake.finish(number, Outcome.ANSWERED, "yes") for _ in range(4)]
    )
    assert [type(outcome) for outcome in outcomes].count(AlreadyFinished) == 3


def test_several_workers_deliver_each_message_once(desk: Desk) -> None:
    for person in CROWD:
        opened(desk, person, f"What may {person.name} do?")
    messenger = RecordingMessenger()
    tried = at_once([lambda: desk.delivery.deliver_due(messenger) for _ in range(4)])
    keys = [sent.key for sent in messenger.sent]
    assert len(keys) == len(set(keys)) == 2 * len(CROWD)
    assert sum(number for number in tried if isinstance(number, int)) == len(keys)


def test_the_audit_trail_stays_one_chain_when_many_write_to_it(desk: Desk) -> None:
    at_once([ask(desk, person) for person in CROWD])
    assert "Broken" not in repr(desk.verify_audit())
