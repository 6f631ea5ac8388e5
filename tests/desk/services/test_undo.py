"""An answer is held back for some seconds, so that it can be undone; it is sent exactly once."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from desk.model.audit import Intact
from desk.model.case import Case, Status, Step
from desk.model.errors import Overtaken, WrongStep
from desk.model.messages import CommsAnswer, Receipt
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from tests.desk.council import (
    ANN,
    BOB,
    CLAUSE,
    COMMS,
    JANE,
    OMAR,
    at_home,
    followed_up,
    opened,
    withdrawn,
)
from tests.desk.fakes import FakeClock, RecordingMessenger, SharedWord

SECONDS = 10


@pytest.fixture
def careful(address: str, clock: FakeClock) -> Iterator[Desk]:
    desk = careful_desk(address, clock)
    yield desk
    desk.close()


def careful_desk(address: str, clock: FakeClock) -> Desk:
    rules = Rules(comms=(COMMS,), undo_within=timedelta(seconds=SECONDS))
    return open_desk(address, rules, clock, EqualWordsOnly())


def answered(desk: Desk, ref: str, text: str = "No.") -> Case:
    return desk.casework_with_undo.answer(ref, JANE, text, (CLAUSE,))


def answers(desk: Desk, messenger: RecordingMessenger, person: str = ANN.key) -> list[str]:
    while desk.delivery.deliver_due(messenger):
        pass
    found = [each for each in messenger.to(person) if isinstance(each, CommsAnswer)]
    return [each.text for each in found]


def test_an_answer_leaves_when_its_seconds_are_over_and_only_once(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    case = answered(careful, opened(careful).ref)
    until = clock.now() + timedelta(seconds=SECONDS)
    sent = careful.undo.sent(case)
    assert (sent.recipients, sent.until) == (1, until)
    clock.advance(seconds=SECONDS - 1)
    assert answers(careful, messenger) == []
    clock.advance(seconds=1)
    assert answers(careful, messenger) == ["No."]
    clock.advance(hours=1)
    assert answers(careful, messenger) == ["No."]
    assert careful.undo.sent(case).until is None


def test_an_undone_answer_reaches_nobody_and_another_can_be_given(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    opened(careful, BOB)
    ref = opened(careful).ref
    case = answered(careful, ref, "Nonsense.")
    assert careful.undo.sent(case).recipients == 2
    back = careful.undo.undo(ref, JANE)
    assert (back.status, back.answers, back.last_answer) == (Status.CLAIMED, (), None)
    assert back.holder is not None
    assert back.holder.name == "Jane Smith"
    assert all(asker.waiting for asker in back.askers)
    assert back.events[-1].step is Step.UNDONE
    clock.advance(hours=1)
    assert answers(careful, messenger) == []
    careful.casework.answer(ref, JANE, "No.")
    assert answers(careful, messenger) == ["No."]
    assert answers(careful, messenger, BOB.key) == ["No."]
    assert isinstance(careful.verify_audit(), Intact)


def test_figures_do_not_count_what_was_undone(careful: Desk, clock: FakeClock) -> None:
    ref = opened(careful).ref
    answered(careful, ref)
    careful.undo.undo(ref, JANE)
    begin = clock.now() - timedelta(days=1)
    found = careful.reports.report(begin, clock.now() + timedelta(days=1), SharedWord())
    assert (found.cases_answered, found.most_cited) == (0, ())
    clock.advance(hours=2)
    answered(careful, ref)
    found = careful.reports.report(begin, clock.now() + timedelta(days=1), SharedWord())
    assert found.median_wait == timedelta(hours=2)
    assert [each.times for each in found.most_cited] == [1]


def test_it_is_too_late_once_the_answer_is_on_its_way(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    ref = opened(careful).ref
    answers(careful, messenger)
    answered(careful, ref)
    clock.advance(seconds=SECONDS)
    messenger.failures = [ConnectionError()]
    careful.delivery.deliver_due(messenger)
    with pytest.raises(WrongStep, match="is on its way"):
        careful.undo.undo(ref, JANE)
    clock.advance(minutes=1)
    assert answers(careful, messenger) == ["No."]


def test_a_receipt_does_not_wait_for_an_answer_that_is_held(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    ref = opened(careful).ref
    answers(careful, messenger)
    answered(careful, ref)
    assert not careful.delivery.has_pending(at_home(ANN)), "nobody waits for what is held"
    before = len(messenger.sent)
    followed_up(careful, ref, ANN, "And at home?")
    assert careful.delivery.has_pending(at_home(ANN))
    assert answers(careful, messenger) == []
    to_ann = [each.message for each in messenger.sent[before:] if each.contact == at_home(ANN)]
    assert [type(each) for each in to_ann] == [Receipt]
    assert not careful.delivery.has_pending(at_home(ANN))
    clock.advance(seconds=SECONDS)
    assert careful.delivery.has_pending(at_home(ANN))
    assert answers(careful, messenger) == ["No."]


def test_a_correction_does_not_overtake_an_answer_that_is_held(
    careful: Desk, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    ref = opened(careful).ref
    answered(careful, ref)
    careful.casework.correct(ref, OMAR, "Yes.")
    answers(careful, messenger)
    assert not careful.delivery.has_pending(at_home(ANN))
    assert not [each for each in messenger.to(ANN.key) if isinstance(each, CommsAnswer)]
    clock.advance(seconds=SECONDS)
    assert answers(careful, messenger)


def follow_up(desk: Desk, ref: str) -> None:
    followed_up(desk, ref, ANN, "One more thing.")


def correct(desk: Desk, ref: str) -> None:
    desk.casework.correct(ref, OMAR, "Yes.")


def close(desk: Desk, ref: str) -> None:
    desk.casework.close(ref, OMAR)


@pytest.mark.parametrize("act", [follow_up, correct, close])
def test_what_happened_since_is_not_undone_with_it(
    careful: Desk, act: Callable[[Desk, str], None]
) -> None:
    ref = opened(careful).ref
    answered(careful, ref)
    act(careful, ref)
    with pytest.raises(WrongStep, match="has changed since it was answered"):
        careful.undo.undo(ref, JANE)


def test_undoing_twice_is_one_undoing_and_takes_no_later_answer_back(careful: Desk) -> None:
    ref = opened(careful).ref
    seen = answered(careful, ref).version
    for _ in range(2):
        careful.undo.undo(ref, JANE, expected_version=seen)
    case = careful.casework.show(ref)
    assert [event.step for event in case.events].count(Step.UNDONE) == 1
    with pytest.raises(WrongStep, match="undone already"):
        careful.undo.undo(ref, OMAR, expected_version=seen)
    careful.casework.take_over(ref, OMAR)
    careful.casework_with_undo.answer(ref, OMAR, "Mine.")
    with pytest.raises(WrongStep, match="has changed"):
        careful.undo.undo(ref, OMAR, expected_version=seen)


def test_an_undone_form_that_is_sent_again_is_refused_and_not_taken_for_a_repetition(
    careful: Desk,
) -> None:
    case = opened(careful)
    for _ in range(2):
        careful.casework_with_undo.answer(case.ref, JANE, "No.", expected_version=case.version)
    assert len(careful.casework.show(case.ref).answers) == 1, "a double click answers once"
    careful.undo.undo(case.ref, JANE)
    with pytest.raises(Overtaken):
        careful.casework.answer(case.ref, JANE, "No.", expected_version=case.version)


def test_a_bot_that_was_killed_meanwhile_sends_it_once(
    address: str, clock: FakeClock, messenger: RecordingMessenger
) -> None:
    killed = careful_desk(address, clock)
    ref = opened(killed).ref
    answered(killed, ref)
    killed.close()
    clock.advance(seconds=SECONDS)
    replicas = [careful_desk(address, clock) for _ in range(2)]
    for desk in replicas:
        assert answers(desk, messenger) == ["No."]
    for desk in replicas:
        desk.close()


def test_without_seconds_the_answer_leaves_at_once(
    desk: Desk, messenger: RecordingMessenger
) -> None:
    case = answered(desk, opened(desk).ref)
    assert answers(desk, messenger) == ["No."]
    assert desk.undo.sent(case).until is None


def test_a_withdrawn_asker_does_not_wait_again(careful: Desk) -> None:
    ref = opened(careful).ref
    opened(careful, BOB)
    withdrawn(careful, ref, BOB)
    answered(careful, ref)
    careful.undo.undo(ref, JANE)
    waiting = {each.person.name: each.waiting for each in careful.casework.show(ref).askers}
    assert waiting == {"Ann Asker": True, "Bob Borough": False}


def test_an_answer_whose_askers_are_deleted_is_not_said_to_be_on_its_way(
    careful: Desk, clock: FakeClock
) -> None:
    ref = opened(careful).ref
    answered(careful, ref)
    clock.advance(days=731)
    careful.privacy.purge()
    with pytest.raises(WrongStep, match=f"Nobody waits for the answer to {ref} any more"):
        careful.undo.undo(ref, JANE)
