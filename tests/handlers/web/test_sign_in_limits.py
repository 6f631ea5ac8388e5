from pathlib import Path

from handlers.web.security.rate_limits import SIGN_INS
from tests.handlers.web.door import World, play


def test_who_tries_to_sign_in_too_often_waits_and_fills_no_trail(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        status, most = 403, 2 * SIGN_INS[1].amount
        for _ in range(most):
            world.client.session.cookie_jar.clear()
            status = await world.status("/sign-in/back")
            if status == 429:
                break
        assert status == 429
        assert SIGN_INS[1].amount <= len(world.trail()) < most

    play(tmp_path, scene)
