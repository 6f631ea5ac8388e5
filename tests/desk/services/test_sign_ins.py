from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from desk.model.sign_in import AccessLevel
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.services.sign_ins import MOST_REFUSALS
from tests.desk.council import JANE, OMAR
from tests.desk.fakes import FakeClock

DAY = timedelta(hours=8)


def test_a_session_is_found_by_its_secret_until_it_ends(desk: Desk, clock: FakeClock) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    found = desk.sign_ins.find(secret)
    assert found is not None
    assert (found.person, found.access) == (JANE, AccessLevel.COMMS)
    assert desk.sign_ins.find("another") is None
    clock.advance(hours=8)
    assert desk.sign_ins.find(secret) is None


def test_each_session_has_another_secret_and_ends_alone(desk: Desk) -> None:
    first = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    second = desk.sign_ins.open(JANE, AccessLevel.OWNER, DAY)
    desk.sign_ins.close(first)
    assert desk.sign_ins.find(first) is None
    assert desk.sign_ins.find(second) is not None


def test_sign_ins_and_sign_outs_enter_the_trail(desk: Desk) -> None:
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


def test_an_erased_person_is_signed_out(desk: Desk) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.COMMS, DAY)
    desk.privacy.erase(JANE.key, JANE)
    assert desk.sign_ins.find(secret) is None


def test_a_renewed_session_goes_on_with_the_access_of_today(desk: Desk, clock: FakeClock) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.OWNER, DAY)
    clock.advance(hours=7)
    assert desk.sign_ins.renew(secret, JANE, AccessLevel.OWNER, DAY)
    assert desk.sign_ins.renew(secret, JANE, AccessLevel.READER, DAY)
    clock.advance(hours=7)
    found = desk.sign_ins.find(secret)
    assert found is not None
    assert found.access is AccessLevel.READER
    actions = [line.split(",")[4:6] for line in desk.audit_csv().splitlines()[1:]]
    assert actions == [["signed in", "owner"], ["signed in", "reader"]]


def test_nobody_renews_the_session_of_another_or_one_that_ended(
    desk: Desk, clock: FakeClock
) -> None:
    secret = desk.sign_ins.open(JANE, AccessLevel.READER, DAY)
    assert not desk.sign_ins.renew(secret, OMAR, AccessLevel.OWNER, DAY)
    assert not desk.sign_ins.renew("another", JANE, AccessLevel.OWNER, DAY)
    clock.advance(hours=8)
    assert not desk.sign_ins.renew(secret, JANE, AccessLevel.OWNER, DAY)


def test_all_replicas_sign_with_one_key(desk: Desk, address: str, clock: FakeClock) -> None:
    replica = open_desk(address, Rules(), clock, EqualWordsOnly())
    assert len(desk.sign_ins.signing_key()) == 32
    assert desk.sign_ins.signing_key() == replica.sign_ins.signing_key()
    replica.close()


def test_refused_sign_ins_cannot_fill_the_trail(desk: Desk, clock: FakeClock) -> None:
    for _ in range(3 * MOST_REFUSALS):
        desk.sign_ins.refused("in no group of the desk")
    assert len(desk.audit_csv().splitlines()) == 1 + MOST_REFUSALS
    clock.advance(hours=2)
    desk.sign_ins.refused("in no group of the desk")
    lines = desk.audit_csv().splitlines()[1 + MOST_REFUSALS :]
    assert [line.split(",")[5] for line in lines] == [
        f"{2 * MOST_REFUSALS} more in an earlier hour",
        "in no group of the desk",
    ]
    clock.advance(days=1)
    desk.sign_ins.refused("in no group of the desk")
    assert len(desk.audit_csv().splitlines()) == 1 + MOST_REFUSALS + 3


def test_of_two_uses_of_a_link_at_once_one_opens_the_desk(desk: Desk, clock: FakeClock) -> None:
    key = desk.sign_ins.new_link(timedelta(hours=1))
    with ThreadPoolExecutor(4) as pool:
        used = list(pool.map(desk.sign_ins.use_link, [key] * 4))
    assert sorted(used) == [False, False, False, True]
    late = desk.sign_ins.new_link(timedelta(hours=1))
    clock.advance(hours=1)
    assert not desk.sign_ins.use_link(late)
    assert not desk.sign_ins.use_link("\udcff")
