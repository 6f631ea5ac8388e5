import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from jinja2 import DictLoader, UndefinedError

from handlers.web.pages import Pages, render

Client = TestClient[web.Request, web.Application]
NO_MORE: dict[str, Any] = {"reference": "", "written": ()}


def play(scene: Callable[[Client, Pages], Awaitable[None]]) -> None:
    async def run() -> None:
        app, pages = web.Application(), Pages()
        pages.register(app)
        app.router.add_get("/said", _said)
        async with TestClient(TestServer(app)) as client:
            await scene(client, pages)

    asyncio.run(run())


async def _said(request: web.Request) -> web.Response:
    return render(request, "error.html", heading="Said", sentence=request.query["said"], **NO_MORE)


def test_what_somebody_typed_is_text_and_never_markup() -> None:
    async def scene(client: Client, _: Pages) -> None:
        page = await (await client.get("/said", params={"said": "<script>x</script>"})).text()
        assert "<script>" not in page
        assert "&lt;script&gt;x&lt;/script&gt;" in page

    play(scene)


def test_a_style_is_kept_for_a_year_under_an_address_that_changes_with_it() -> None:
    async def scene(client: Client, _: Pages) -> None:
        page = await (await client.get("/said", params={"said": ""})).text()
        address = page.split('rel="stylesheet" href="')[1].split('"')[0]
        style = await client.get(address)
        assert (style.status, style.content_type) == (200, "text/css")
        assert "immutable" in style.headers["Cache-Control"]
        other = await client.get("/static/0000000000000000/style.css")
        assert other.headers["Cache-Control"] == "no-cache"

    play(scene)


@pytest.mark.parametrize("name", ["../web_pages.py", "..%2fweb_pages.py", "web_pages.py", ""])
def test_no_other_file_is_served(name: str) -> None:
    async def scene(client: Client, _: Pages) -> None:
        assert (await client.get(f"/static/0/{name}")).status == 404

    play(scene)


def test_a_value_that_the_page_lacks_is_an_error_and_not_a_gap() -> None:
    async def scene(client: Client, pages: Pages) -> None:
        pages.environment.loader = DictLoader({"error.html": "{{ nothing }}"})
        assert (await client.get("/said", params={"said": ""})).status == 500
        with pytest.raises(UndefinedError):
            pages.environment.get_template("error.html").render()

    play(scene)


def test_what_is_given_to_every_page_is_shown_on_it() -> None:
    async def scene(client: Client, pages: Pages) -> None:
        pages.give(lambda _: {"signed_in_as": "Jane", "csrf_token": "token-1"})
        page = await (await client.get("/said", params={"said": ""})).text()
        assert "<span>Jane</span>" in page
        assert 'name="csrf_token" value="token-1"' in page

    play(scene)
