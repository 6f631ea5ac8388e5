"""Failed sign-ins are noted, but nobody fills the audit trail with them."""

from pathlib import Path

from handlers.web.auth.failed_sign_ins import FailedSignIns
from handlers.web.security.rate_limits import SIGN_INS
from tests.desk.fakes import FakeClock
from tests.handlers.web.login_site import World, play
from tests.toy_service import Toy, in_folder


def test_too_many_tries_have_to_wait_and_are_one_entry(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        tries = SIGN_INS[1].amount + 1
        statuses = []
        for _ in range(tries):
            world.client.session.cookie_jar.clear()
            statuses.append(await world.status("/sign-in/back"))
        assert statuses == [403] * (tries - 1) + [429]
        assert world.trail() == [("sign-in refused", "no sign-in was begun here")]

    play(tmp_path, scene)


def test_the_first_of_an_hour_is_noted_and_the_others_are_a_number(tmp_path: Path) -> None:
    clock = FakeClock()
    desk = Toy(in_folder(tmp_path), clock=clock).desk()
    failed = FailedSignIns(desk.sign_ins, clock)
    for _ in range(1000):
        failed.note("the token has expired")
    failed.note("in no group of the desk")
    clock.advance(hours=1)
    failed.note("the token has expired")
    failed.note("the token has expired")
    failed.close()
    subjects = [line.split(",")[5] for line in desk.audit_csv().splitlines()[1:]]
    assert subjects == [
        "the token has expired",
        "in no group of the desk",
        "the token has expired (999 more within an hour)",
        "the token has expired",
        "the token has expired (1 more within an hour)",
    ]
    desk.close()
