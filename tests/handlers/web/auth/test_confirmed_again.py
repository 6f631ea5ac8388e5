"""What somebody may do at the desk is asked for again after some minutes."""

from pathlib import Path

from desk.model.sign_in import AccessLevel
from handlers.web.auth.permissions import READ_FOR, SEND_FOR
from handlers.web.security.csrf import FIELD
from handlers.web.security.middleware import SESSION_LASTS
from tests.desk.council import JANE
from tests.handlers.web.login_site import World, play


async def send(world: World, token: str) -> int:
    """The status of a form that only comms may send."""
    headers = {"Origin": str(world.client.make_url("")).rstrip("/")}
    data = {FIELD: token, "text": "A long answer."}
    sent = await world.client.post(
        "/desk/cases/C-1", data=data, headers=headers, allow_redirects=False
    )
    return sent.status


async def token(world: World) -> str:
    return await (await world.client.get("/form")).text()


def test_a_colleague_who_left_the_group_is_out_after_some_minutes(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        world.issuer.groups = ["parks"]
        world.clock.advance(minutes=READ_FOR.total_seconds() / 60)
        assert await world.status("/desk") == 200
        world.clock.advance(minutes=1)
        refused = await world.client.get("/desk")
        assert (refused.status, refused.url.path) == (403, "/sign-in/back")
        world.issuer.groups = ["comms-team"]
        assert await world.status("/desk") == 303, "the session is over"

    play(tmp_path, scene)


def test_a_colleague_who_may_still_come_hardly_notices(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        form = await token(world)
        world.clock.advance(minutes=40)
        page = await world.client.get("/desk/cases/C-1?days=7")
        assert (page.status, page.url.path_qs) == (200, "/desk/cases/C-1?days=7")
        assert await send(world, form) == 200, "a page that was open before still sends"
        assert world.trail() == [("signed in", "comms")]

    play(tmp_path, scene)


def test_a_changed_group_changes_what_they_may_do(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        world.issuer.groups = ["all-staff"]
        world.clock.advance(minutes=40)
        assert (await world.client.get("/desk")).status == 200
        assert await send(world, await token(world)) == 403
        assert world.trail() == [("signed in", "comms"), ("signed in", "reader")]

    play(tmp_path, scene)


def test_a_form_is_taken_for_an_hour_and_then_shown_to_be_kept(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        await world.sign_in()
        form = await token(world)
        world.clock.advance(minutes=SEND_FOR.total_seconds() / 60)
        assert await send(world, form) == 200
        world.clock.advance(minutes=1)
        headers = {"Origin": str(world.client.make_url("")).rstrip("/")}
        data = {FIELD: form, "text": "A long answer."}
        late = await world.client.post("/desk/cases/C-1", data=data, headers=headers)
        page = await late.text()
        assert late.status == 403
        assert "sign in there, and then send this again" in page
        assert "A long answer.</textarea>" in page

    play(tmp_path, scene)


def test_a_session_of_the_printed_link_ends_when_an_issuer_is_set_up(tmp_path: Path) -> None:
    async def scene(world: World) -> None:
        secret = world.desk.sign_ins.open(JANE, AccessLevel.OWNER, SESSION_LASTS)
        jar = world.client.session.cookie_jar
        jar.update_cookies({"desk": secret}, world.client.make_url("/"))
        assert await world.status("/desk") == 303

    play(tmp_path, scene)
