"""Who a browser is taken for, and for how long."""

import re
from pathlib import Path

from handlers.web.security.middleware import SecurityRules
from tests.desk.council import JANE
from tests.desk.fakes import FakeClock
from tests.handlers.web.protected_site import Client, play, text

PUBLIC = SecurityRules(public_url="https://policy.example.gov.uk")


def test_behind_https_the_browser_is_told_to_stay_there(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        response = await client.get("/enter", headers={"Host": "policy.example.gov.uk"})
        assert response.headers["Strict-Transport-Security"].startswith("max-age=")
        cookie = response.headers["Set-Cookie"]
        assert cookie.startswith("__Host-desk=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))

    play(tmp_path, scene, rules=PUBLIC)


def test_a_visitor_stays_the_same_and_no_two_are_one(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        first = await text(client, "/who")
        assert re.fullmatch(r"web:[0-9a-f]{32}", first)
        assert await text(client, "/who") == first
        client.session.cookie_jar.clear()
        assert await text(client, "/who") != first

    play(tmp_path, scene)


def test_the_id_of_a_visitor_does_not_let_anybody_in_as_them(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        known = await text(client, "/who")
        client.session.cookie_jar.clear()
        secret = "a" * 43
        for planted in (known, known.removeprefix("web:"), secret, f"{secret}.{'0' * 64}", "ü.ü"):
            client.session.cookie_jar.update_cookies({"visitor": planted}, client.make_url("/"))
            assert await text(client, "/who") != known

    play(tmp_path, scene)


def test_signing_in_opens_a_session_and_signing_out_ends_it(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        await client.get("/enter")
        assert await text(client, "/who") == f"{JANE.key} comms"
        jar = {cookie.key: cookie.value for cookie in client.session.cookie_jar}
        await client.get("/leave")
        assert (await text(client, "/who")).startswith("web:")
        client.session.cookie_jar.update_cookies(jar, client.make_url("/"))
        assert (await text(client, "/who")).startswith("web:")

    play(tmp_path, scene)


def test_a_session_that_somebody_planted_is_not_the_one_that_opens(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        planted = "p" * 43
        client.session.cookie_jar.update_cookies({"desk": planted}, client.make_url("/"))
        assert (await text(client, "/who")).startswith("web:")
        await client.get("/enter")
        client.session.cookie_jar.clear()
        client.session.cookie_jar.update_cookies({"desk": planted}, client.make_url("/"))
        assert (await text(client, "/who")).startswith("web:")

    play(tmp_path, scene)


def test_a_session_ends_after_its_hours(tmp_path: Path) -> None:
    clock = FakeClock()

    async def scene(client: Client) -> None:
        await client.get("/enter")
        clock.advance(hours=7, minutes=59)
        assert "comms" in await text(client, "/who")
        clock.advance(minutes=2)
        assert "comms" not in await text(client, "/who")

    play(tmp_path, scene, clock)


def test_a_session_outlasts_the_process(tmp_path: Path) -> None:
    jar: dict[str, str] = {}

    async def before(client: Client) -> None:
        await client.get("/enter")
        jar.update({cookie.key: cookie.value for cookie in client.session.cookie_jar})

    async def after(client: Client) -> None:
        client.session.cookie_jar.update_cookies(jar, client.make_url("/"))
        assert await text(client, "/who") == f"{JANE.key} comms"

    play(tmp_path, before)
    play(tmp_path, after)


def test_with_a_public_address_cookies_need_https_even_on_the_machine_itself(
    tmp_path: Path,
) -> None:
    async def scene(client: Client) -> None:
        response = await client.get("/enter")
        assert response.headers["Set-Cookie"].startswith("__Host-desk=")
        assert "Strict-Transport-Security" in response.headers

    play(tmp_path, scene, rules=PUBLIC)
