"""The work for one question or one round of jobs does not grow with what waits."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice

import pytest

from desk.model.case_filter import CaseFilter
from desk.model.people import Person
from desk.model.question import Escalation
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import MOST_COMPARED
from knowledge.reason import Reason
from tests.desk.council import ANN, COMMS, accepted, incoming, opened
from tests.desk.fakes import FakeClock, RecordingMessenger
from tests.desk.statements import statements

numbers = count()


class CountingSimilarity:
    """Finds nothing the same, and keeps how many questions it was asked to compare."""

    def __init__(self) -> None:
        self.compared: list[int] = []

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:  # noqa: ARG002 -- the Protocol's names
        self.compared.append(len(pending))
        return ()


@pytest.fixture
def similarity() -> CountingSimilarity:
    return CountingSimilarity()


@pytest.fixture
def comparing(
    sqlite_address: str, clock: FakeClock, similarity: CountingSimilarity
) -> Iterator[Desk]:
    desk = open_desk(sqlite_address, Rules(comms=(COMMS,)), clock, similarity)
    yield desk
    desk.close()


def fill(desk: Desk, cases: int) -> None:
    for number in islice(numbers, cases):
        opened(desk, Person(f"terminal:{number}", str(number)), f"What about number {number}?")


def hand_over(desk: Desk) -> object:
    return opened(desk, text=f"Something else, number {next(numbers)}?")


def follow_the_news(desk: Desk) -> object:
    return desk.queue.news(desk.queue.last_event() - 5)


def deliver_nothing(desk: Desk) -> object:
    return desk.delivery.deliver_due(RecordingMessenger())


@pytest.mark.parametrize(
    "act",
    [
        hand_over,
        follow_the_news,
        deliver_nothing,
        lambda desk: desk.queue.listed(CaseFilter(), 50),
        lambda desk: desk.queue.listed(CaseFilter(text="number"), 50),
        lambda desk: desk.queue.neighbours(desk.casework.show("C-1"), CaseFilter()),
        lambda desk: desk.case_notes.mentions(ANN),
        lambda desk: desk.casework.listed(),
        lambda desk: desk.intake.cases_of(ANN),
        lambda desk: desk.jobs.remind(),
        lambda desk: desk.jobs.close_answered(),
        lambda desk: desk.jobs.recheck(()),
        lambda desk: desk.jobs.sweep(print),
    ],
)
def test_as_many_statements_with_many_pending_cases_as_with_few(
    comparing: Desk, act: Callable[[Desk], object]
) -> None:
    opened(comparing)
    counts = []
    for cases in (7, 11):
        fill(comparing, cases)
        while comparing.delivery.deliver_due(RecordingMessenger()):
            pass
        with statements() as sent:
            act(comparing)
        counts.append(len(sent.sent))
    assert counts[0] == counts[1]


def test_a_question_is_compared_with_the_latest_cases_only(
    comparing: Desk, similarity: CountingSimilarity
) -> None:
    fill(comparing, MOST_COMPARED + 3)
    assert max(similarity.compared) == MOST_COMPARED


def test_a_round_of_jobs_in_which_nothing_is_due_writes_nothing(
    desk: Desk, clock: FakeClock
) -> None:
    opened(desk)
    clock.advance(hours=30)
    for _ in range(2):
        with statements() as sent:
            desk.jobs.remind()
            desk.jobs.recheck(())
            desk.jobs.close_answered()
            desk.jobs.sweep(print)
            desk.privacy.finish_deletions()
    assert sent.writing == []


def test_notices_that_were_sent_before_wake_no_worker(desk: Desk, clock: FakeClock) -> None:
    opened(desk)
    clock.advance(hours=30)
    calls: list[str] = []
    desk.when_queued(lambda _: calls.append("woken"))
    for _ in range(3):
        desk.jobs.remind()
    assert calls == ["woken"]


def test_many_reminders_come_in_rounds(desk: Desk, clock: FakeClock) -> None:
    fill(desk, 130)
    clock.advance(hours=30)
    before = desk.backlog().waiting
    desk.jobs.remind()
    assert desk.backlog().waiting - before == 100
    desk.jobs.remind()
    assert desk.backlog().waiting - before == 130


def test_a_hand_over_is_few_statements(sqlite_desk: Desk) -> None:
    number = accepted(sqlite_desk, incoming())
    with statements() as sent:
        sqlite_desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS))
    assert len(sent.sent) <= 18
