"""The checks that every request to a page passes, seen from outside."""

import logging
import re
from pathlib import Path

import pytest

from handlers.web.forms import LARGEST_FORM
from handlers.web.security.csrf import FIELD
from handlers.web.security.rate_limits import WRITES
from tests.handlers.web.protected_site import Client, origin, play, sent, token


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

    with caplog.at_level(logging.INFO, "handlers.web.errors"):
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
