"""One step for several cases: each has its own record, and a refused one holds up no other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from desk.model.audit import Intact
from desk.model.case import Status, Step
from desk.model.errors import NothingSaid, TooMany
from desk.model.messages import CaseClosed, CommsAnswer
from desk.services.bulk import ChosenCase
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from tests.desk.council import ANN, BOB, CLAUSE, JANE, OMAR, opened
from tests.desk.fakes import FakeClock, RecordingMessenger


@pytest.fixture
def three(desk: Desk) -> list[ChosenCase]:
    found = [opened(desk, person, text) for person, text in ((ANN, "A?"), (BOB, "B?"), (ANN, "C?"))]
    return [ChosenCase(case.ref, case.version) for case in found]


def statuses(desk: Desk) -> list[str]:
    return [desk.casework.show(f"C-{number}").status for number in (1, 2, 3)]


def test_every_asker_gets_the_answer_once_and_every_case_its_record(
    desk: Desk, three: list[ChosenCase], messenger: RecordingMessenger
) -> None:
    for _ in range(2):  # a double click
        outcome = desk.bulk.answer(three, JANE, "No.", (CLAUSE,))
        assert [case.ref for case in outcome.done] == ["C-1", "C-2", "C-3"]
        assert outcome.refused == ()
    while desk.delivery.deliver_due(messenger):
        pass
    for person, most in ((ANN, 2), (BOB, 1)):
        got = [each for each in messenger.to(person.key) if isinstance(each, CommsAnswer)]
        assert [(each.text, each.cited) for each in got] == [("No.", (CLAUSE,))] * most
    for number in (1, 2, 3):
        steps = [event.step for event in desk.casework.show(f"C-{number}").events]
        assert steps == [Step.OPENED, Step.ANSWERED]
    assert desk.audit_csv().count(",answered,") == 3
    assert isinstance(desk.verify_audit(), Intact)


def test_refused_cases_are_named_and_the_others_go_on(desk: Desk, three: list[ChosenCase]) -> None:
    desk.casework.claim("C-1", OMAR)
    gone = [*three, ChosenCase("C-99", 1), ChosenCase("nonsense", 1)]
    outcome = desk.bulk.answer(gone, JANE, "No.")
    assert [case.ref for case in outcome.done] == ["C-2", "C-3"]
    why = {each.ref: each.why for each in outcome.refused}
    assert why.keys() == {"C-1", "C-99", "nonsense"}
    assert "C-1 has changed" in why["C-1"]
    assert statuses(desk) == [Status.CLAIMED, Status.ANSWERED, Status.ANSWERED]


def test_cases_are_closed_with_one_reason(
    desk: Desk, three: list[ChosenCase], messenger: RecordingMessenger
) -> None:
    outcome = desk.bulk.close(three[:2], JANE, " Asked by mistake. ")
    assert len(outcome.done) == 2
    assert desk.bulk.close(three[:2], JANE, "Asked by mistake.").refused == ()
    assert statuses(desk) == [Status.CLOSED, Status.CLOSED, Status.OPEN]
    while desk.delivery.deliver_due(messenger):
        pass
    closed = [each for each in messenger.to(BOB.key) if isinstance(each, CaseClosed)]
    assert [each.reason for each in closed] == ["Asked by mistake."]


def test_nothing_begins_without_words_or_with_too_many_cases(
    desk: Desk, three: list[ChosenCase]
) -> None:
    with pytest.raises(NothingSaid):
        desk.bulk.answer(three, JANE, " ")
    with pytest.raises(NothingSaid):
        desk.bulk.close(three, JANE, "")
    with pytest.raises(TooMany, match="at most 100 cases at once"):
        desk.bulk.close([ChosenCase("C-1", number) for number in range(101)], JANE, "x")
    assert statuses(desk) == [Status.OPEN] * 3


@pytest.fixture
def careful(address: str, clock: FakeClock) -> Iterator[Desk]:
    rules = Rules(undo_within=timedelta(seconds=10))
    desk = open_desk(address, rules, clock, EqualWordsOnly())
    yield desk
    desk.close()


def test_answers_to_several_cases_are_undone_together(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    found = [opened(careful, ANN, text) for text in ("A?", "B?")]
    chosen = [ChosenCase(case.ref, case.version) for case in found]
    done = careful.bulk.answer(chosen, JANE, "Nonsense.").done
    answered = [ChosenCase(case.ref, case.version) for case in done]
    careful.casework.correct("C-2", OMAR, "Better.")
    outcome = careful.bulk.undo(answered, JANE)
    assert [case.ref for case in outcome.done] == ["C-1"]
    assert [each.ref for each in outcome.refused] == ["C-2"]
    clock.advance(minutes=1)
    while careful.delivery.deliver_due(messenger):
        pass
    got = [each.ref for each in messenger.to(ANN.key) if isinstance(each, CommsAnswer)]
    assert got == ["C-2"]
