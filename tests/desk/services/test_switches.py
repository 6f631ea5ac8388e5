from collections.abc import Iterator

import pytest

from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.services.switches import Switch
from tests.desk.council import JANE, OMAR
from tests.desk.fakes import FakeClock


@pytest.fixture
def replica(address: str, clock: FakeClock) -> Iterator[Desk]:
    replica = open_desk(address, Rules(), clock, EqualWordsOnly())
    yield replica
    replica.close()


def test_a_switch_turned_in_one_replica_is_on_in_the_other(desk: Desk, replica: Desk) -> None:
    desk.switches.turn_on(Switch.HAND_EVERYTHING_OVER, JANE)
    assert replica.switches.on() == {Switch.HAND_EVERYTHING_OVER}
    replica.switches.turn_off(Switch.HAND_EVERYTHING_OVER, OMAR)
    assert desk.switches.on() == frozenset()


def test_the_two_switches_do_not_touch_each_other(desk: Desk) -> None:
    desk.switches.turn_on(Switch.HAND_EVERYTHING_OVER, JANE)
    desk.switches.turn_on(Switch.OFF, JANE)
    desk.switches.turn_off(Switch.HAND_EVERYTHING_OVER, JANE)
    assert desk.switches.on() == {Switch.OFF}


def test_each_change_of_a_switch_is_once_in_the_audit_trail(desk: Desk) -> None:
    for _ in range(2):
        desk.switches.turn_on(Switch.OFF, JANE)
    for _ in range(2):
        desk.switches.turn_off(Switch.OFF, JANE)
    trail = desk.audit_csv().splitlines()[1:]
    assert ["switched on" in line for line in trail] == [True, False]
