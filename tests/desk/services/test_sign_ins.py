from datetime import timedelta

from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk
from tests.desk.council import JANE
from tests.desk.fakes import FakeClock

DAY = timedelta(hours=8)


def test_a_session_is_found_by_its_secret_until_it_ends(desk: Desk, clock: FakeClock) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    found = desk.sign_ins.find(secret)
    assert found is not None
    assert (found.person, found.standing) == (JANE, AccessLevel.COMMS)
    assert desk.sign_ins.find("another") is None
    clock.advance(hours=8)
    assert desk.sign_ins.find(secret) is None


def test_each_session_has_another_secret_and_ends_alone(desk: Desk) -> None:
    first = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    second = desk.sign_ins.open(JANE, AccessLevel.OWNER, DAY)
    desk.sign_ins.close(first)
    assert desk.sign_ins.find(first) is None
    assert desk.sign_ins.find(second) is not None


def test_coming_and_going_enters_the_trail(desk: Desk) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    desk.sign_ins.close(secret)
    desk.sign_ins.close(secret)
    desk.sign_ins.refused("in no group of the desk")
    lines = desk.audit_csv().splitlines()[1:]
    actions = [line.split(",")[4:6] for line in lines]
    assert actions == [
        ["signed in", "comms"],
        ["signed out", "comms"],
        ["sign-in refused", "in no group of the desk"],
    ]


def test_whoever_is_erased_is_signed_out(desk: Desk) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    desk.privacy.erase(JANE.key, JANE)
    assert desk.sign_ins.find(secret) is None
