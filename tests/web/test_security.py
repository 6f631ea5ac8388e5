"""What stands before every page, seen from outside."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from desk.errors import WrongStep
from desk.sign_in import Standing
from handlers.web_csrf import FIELD, csrf_token
from handlers.web_limits import LARGEST_FORM, WRITES
from handlers.web_pages import Pages
from handlers.web_security import SESSIONS, Security
from handlers.web_sessions import signed_in, visitor
from tests.desk.fakes import FakeClock
from tests.desk.office import JANE
from tests.toy_service import Toy, in_folder

Client = TestClient[web.Request, web.Application]
Scene = Callable[[Client], Awaitable[None]]


async def form(request: web.Request) -> web.Response:
    return web.Response(text=csrf_token(request))


async def who(request: web.Request) -> web.Response:
    found = signed_in(request)
    return web.Response(text=f"{visitor(request).key} {found.standing if found else ''}".strip())


async def enter(request: web.Request) -> web.Response:
    response = web.Response(text="in")
    await request.app[SESSIONS].open(request, response, JANE, Standing.COMMS)
    return response


async def leave(request: web.Request) -> web.Response:
    response = web.Response(text="out")
    await request.app[SESSIONS].close(request, response)
    return response


async def breaks(_: web.Request) -> web.Response:
    raise ZeroDivisionError("how the bot's inside looks")


async def refuses(_: web.Request) -> web.Response:
    raise WrongStep("C-1 is closed <already>.")


def play(folder: Path, scene: Scene, clock: FakeClock | None = None, address: str = "") -> None:
    async def run() -> None:
        desk = Toy(in_folder(folder), clock=clock or FakeClock()).desk()
        app = web.Application()
        pages = Pages()
        Security(desk.sign_ins, timedelta(hours=8), address, pages).register(app)
        pages.register(app)
        for path, page in (("/", form), ("/who", who), ("/enter", enter), ("/leave", leave)):
            app.router.add_get(path, page)
        app.router.add_get("/breaks", breaks)
        app.router.add_get("/refuses", refuses)
        app.router.add_post("/do", who)
        app.router.add_post("/slack/events", enter)
        async with TestClient(TestServer(app)) as client:
            await scene(client)
        desk.close()

    asyncio.run(run())


async def token(client: Client) -> str:
    return await (await client.get("/")).text()


async def text(client: Client, path: str) -> str:
    return await (await client.get(path)).text()


def origin(client: Client) -> dict[str, str]:
    return {"Origin": str(client.make_url("/")).rstrip("/")}


async def sent(client: Client, headers: dict[str, str] | None = None) -> ClientResponse:
    data = {FIELD: await token(client)}
    return await client.post("/do", data=data, headers=headers or origin(client))


def test_a_page_lets_in_no_foreign_script_or_frame(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        headers = (await client.get("/")).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Strict-Transport-Security" not in headers

    play(tmp_path, scene)


def test_behind_https_the_browser_is_told_to_stay_there(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        response = await client.get("/enter", headers={"Host": "policy.example.gov.uk"})
        assert response.headers["Strict-Transport-Security"].startswith("max-age=")
        cookie = response.headers["Set-Cookie"]
        assert cookie.startswith("__Host-desk=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))

    play(tmp_path, scene, address="https://policy.example.gov.uk")


def test_a_form_with_its_token_is_taken(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        assert (await sent(client)).status == 200

    play(tmp_path, scene)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_the_token(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async def scene(client: Client) -> None:
        given = {"X-Test": "1"} | headers
        assert (await sent(client, given)).status == 403

    play(tmp_path, scene)


def test_a_form_without_the_token_of_this_session_is_refused(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        before = await token(client)
        await client.get("/enter")
        for given in ("", "guess", "ünicode", before):
            data = {FIELD: given}
            response = await client.post("/do", data=data, headers=origin(client))
            assert response.status == 403
        assert (await sent(client)).status == 200

    play(tmp_path, scene)


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
        for planted in (known, known.removeprefix("web:"), "a" * 42, "a" * 44):
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


def test_too_much_at_once_is_told_when_to_try_again(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        data = {FIELD: await token(client)}
        most = WRITES[0].amount + 1
        answers = [await client.post("/do", data=data, headers=origin(client)) for _ in range(most)]
        assert answers[-2].status == 200
        assert answers[-1].status == 429
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60

    play(tmp_path, scene)


def test_a_form_that_is_too_long_is_refused(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        data = {FIELD: await token(client), "text": "a" * LARGEST_FORM}
        response = await client.post("/do", data=data, headers=origin(client))
        assert response.status == 413

    play(tmp_path, scene)


def test_what_breaks_is_one_sentence_with_a_reference(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(client: Client) -> None:
        response = await client.get("/breaks?q=secret+words")
        page = await response.text()
        assert response.status == 500
        assert "inside" not in page
        reference = re.findall(r"E-[0-9A-F]{6}", page)[0]
        assert f"{reference}: GET /breaks" in caplog.text
        assert "ZeroDivisionError" in caplog.text
        assert "secret" not in caplog.text

    with caplog.at_level(logging.INFO, "handlers.web_errors"):
        play(tmp_path, scene)


def test_a_refusal_is_its_own_sentence_and_never_markup(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        page = await client.get("/refuses")
        assert page.status == 409
        assert "C-1 is closed &lt;already&gt;." in await page.text()
        told = await client.get("/refuses", headers={"Accept": "application/json"})
        assert (await told.json())["error"] == "C-1 is closed <already>."
        missing = await client.get("/missing/<script>")
        assert missing.status == 404
        assert "script" not in await missing.text()

    play(tmp_path, scene)


def test_the_platforms_routes_are_left_alone(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        response = await client.post("/slack/events", data={"a": "b"})
        assert response.status == 200
        assert "Content-Security-Policy" not in response.headers

    play(tmp_path, scene)


def test_whoever_sits_at_the_machine_needs_no_https(tmp_path: Path) -> None:
    async def scene(client: Client) -> None:
        response = await client.get("/enter")
        assert response.headers["Set-Cookie"].startswith("desk=")
        assert "Strict-Transport-Security" not in response.headers
        assert (await sent(client)).status == 200
        assert (await sent(client, {"Origin": "https://policy.example.gov.uk"})).status == 200

    play(tmp_path, scene, address="https://policy.example.gov.uk")
