"""A council's colour, name and logo on the pages."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from handlers.web.pages import Pages, render
from handlers.web.static_files import STATIC
from handlers.web.theme import (
    DARK_FAINT,
    DARK_GROUND,
    DARK_PAGE,
    LIGHT_FAINT,
    LIGHT_GROUND,
    Colour,
    Theme,
    contrast,
)
from settings import Settings

Client = TestClient[web.Request, web.Application]
READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3
COLOURS = ("#1d5b79", "#000000", "#ffffff", "#ffdd00", "#777777", "#d4351c", "#00ff00", "#0000ff")
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def play(theme: Theme, scene: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        app, pages = web.Application(), Pages(theme)
        pages.register(app)
        app.router.add_get("/", _page)
        async with TestClient(TestServer(app)) as client:
            await scene(client)

    asyncio.run(run())


async def _page(request: web.Request) -> web.Response:
    return render(request, "error.html", heading="H", sentence="S", reference="", written=())


def colours(style_sheet: str) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """The variables of the light theme and those of the dark one."""
    light, dark = style_sheet.split("@media")
    return _variables(light), {**_variables(light), **_variables(dark)}


def _variables(rules: str) -> dict[str, Colour]:
    found = re.findall(r"--([\w-]+):#(\w\w)(\w\w)(\w\w)", rules)
    return {name: (int(red, 16), int(green, 16), int(blue, 16)) for name, red, green, blue in found}


@pytest.mark.parametrize("colour", COLOURS)
def test_every_colour_of_a_council_can_be_read(colour: str) -> None:
    light, dark = colours(Theme(colour=colour).style_sheet())
    for name in ("brand", "brand-hover"):
        assert contrast(light["on-brand"], light[name]) >= READABLE
    for theme, ground in ((light, LIGHT_GROUND), (dark, DARK_GROUND)):
        assert contrast(theme["brand-link"], ground) >= READABLE
        assert contrast(theme["brand-link"], theme["brand-ground"]) >= READABLE
    assert contrast(LIGHT_FAINT, light["brand-ground"]) >= READABLE
    assert contrast(DARK_FAINT, dark["brand-ground"]) >= READABLE


def test_the_colours_that_these_are_measured_against_are_those_of_the_style_sheet() -> None:
    style = (STATIC / "style.css").read_text(encoding="utf-8")
    light, dark = style.split("@media screen and (prefers-color-scheme: dark)")
    for sheet, name, colour in (
        (light, "--govuk-secondary-text-colour", LIGHT_FAINT),
        (light, "--quiet", LIGHT_GROUND),
        (dark, "--govuk-secondary-text-colour", DARK_FAINT),
        (dark, "--govuk-body-background-colour", DARK_PAGE),
        (dark, "--quiet", DARK_GROUND),
    ):
        assert f"{name}: #{bytes(map(int, colour)).hex()};" in sheet


def test_a_colour_that_can_be_read_is_kept_for_links() -> None:
    light, _ = colours(Theme(colour="#1d5b79").style_sheet())
    assert light["brand-link"] == light["brand"] == (0x1D, 0x5B, 0x79)


def test_the_page_shows_the_councils_name_or_its_logo(tmp_path: Path) -> None:
    logo = tmp_path / "Our logo.SVG"
    logo.write_bytes(PIXEL)

    async def named(client: Client) -> None:
        assert "Sir &lt;b&gt; Council</span>" in await (await client.get("/")).text()

    async def pictured(client: Client) -> None:
        page = await (await client.get("/")).text()
        found = re.search(r'<img [^>]*src="([^"]+)" alt="Sir &lt;b&gt; Council"', page)
        assert found
        picture = await client.get(found[1])
        assert (picture.content_type, await picture.read()) == ("image/svg+xml", PIXEL)

    play(Theme("Sir <b> Council"), named)
    play(Theme("Sir <b> Council", logo=logo), pictured)


def test_the_colours_are_a_style_sheet_of_ours() -> None:
    async def scene(client: Client) -> None:
        page = await (await client.get("/")).text()
        address = re.search(r'href="(/static/\w+/theme\.css)"', page)
        assert address
        assert "--brand:#aa0033;" in await (await client.get(address[1])).text()
        assert "<style" not in page
        assert "style=" not in page

    play(Theme(colour="#aa0033"), scene)


def test_the_default_colour_is_that_of_the_settings() -> None:
    assert Theme().colour == Settings.model_fields["brand_colour"].default


def test_text_is_sent_compressed_to_a_browser_that_takes_it() -> None:
    async def scene(client: Client) -> None:
        page = await (await client.get("/")).text()
        address = re.search(r'href="(/static/\w+/govuk-frontend\.css)"', page)
        assert address
        packed = await client.get(address[1], headers={"Accept-Encoding": "gzip"})
        plain = await client.get(address[1], headers={"Accept-Encoding": "identity"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert await packed.read() == await plain.read()  # the client unpacks

    play(Theme(), scene)
