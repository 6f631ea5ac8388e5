from concurrent.futures import ThreadPoolExecutor

from desk.model.people import Person
from desk.services.desk import Desk
from tests.desk.council import ANN, BOB, JANE
from tests.desk.fakes import FakeClock


def bodies(desk: Desk, person: Person) -> list[str]:
    return [message.body for message in desk.inbox.latest(person, 100)]


def test_each_person_reads_what_was_delivered_to_them_in_its_order(desk: Desk) -> None:
    desk.inbox.put(ANN, "a", "first")
    desk.inbox.put(BOB, "b", "another's")
    desk.inbox.put(ANN, "c", "second")
    assert bodies(desk, ANN) == ["first", "second"]
    assert [message.body for message in desk.inbox.latest(ANN, 1)] == ["second"]


def test_a_message_delivered_again_is_there_once(desk: Desk) -> None:
    assert desk.inbox.put(ANN, "a", "first") == "a"
    assert desk.inbox.put(ANN, "a", "first") == "a"
    assert bodies(desk, ANN) == ["first"]
    assert desk.inbox.numbers([ANN.key]) == {ANN.key: 1}


def test_a_correction_replaces_the_message_and_counts_as_new(desk: Desk) -> None:
    desk.inbox.put(ANN, "a", "wrong")
    desk.inbox.put(ANN, "b", "later")
    assert desk.inbox.put(ANN, "c", "right", replaces="a") == "a"
    assert desk.inbox.put(ANN, "c", "right", replaces="a") == "a"
    assert bodies(desk, ANN) == ["right", "later"]
    assert [message.number for message in desk.inbox.latest(ANN, 2)] == [3, 2]


def test_a_correction_of_a_deleted_message_is_a_new_one(desk: Desk) -> None:
    assert desk.inbox.put(ANN, "c", "right", replaces="a") == "c"
    assert bodies(desk, ANN) == ["right"]


def test_a_message_is_found_by_any_of_its_keys(desk: Desk) -> None:
    desk.inbox.put(ANN, "a", "wrong")
    desk.inbox.put(ANN, "c", "right", replaces="a")
    assert [desk.inbox.holds(ANN, key) for key in ("a", "c", "d")] == ["a", "a", ""]
    assert desk.inbox.holds(BOB, "a") == ""


def test_messages_that_come_at_once_are_numbered_without_a_gap(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: desk.inbox.put(ANN, f"k{number}", "x"), range(20)))
    numbers = sorted(message.number for message in desk.inbox.latest(ANN, 100))
    assert numbers == list(range(1, 21))
    assert desk.inbox.numbers([ANN.key, BOB.key]) == {ANN.key: 20}


def test_delivered_messages_are_exported_and_erased_with_their_person(desk: Desk) -> None:
    desk.inbox.put(ANN, "a", "hers")
    desk.inbox.put(BOB, "b", "his")
    assert [each.body for each in desk.privacy.export(ANN.key, JANE).delivered] == ["hers"]
    desk.privacy.erase(ANN.key, JANE)
    assert bodies(desk, ANN) == []
    assert bodies(desk, BOB) == ["his"]
    assert desk.inbox.numbers([ANN.key]) == {}


def test_delivered_messages_are_purged_no_later_than_the_question(
    desk: Desk, clock: FakeClock
) -> None:
    desk.inbox.put(ANN, "a", "old")
    clock.advance(days=179)
    desk.inbox.put(ANN, "b", "young")
    desk.privacy.purge()
    assert bodies(desk, ANN) == ["old", "young"]
    clock.advance(days=2)
    desk.privacy.purge()
    assert bodies(desk, ANN) == ["young"]
