from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from tests.browser import chromium
from tests.browser.accessibility import violations
from tests.browser.serving import served

GOOD = """<!doctype html><html lang="en"><title>Policy</title>
<main><h1>Policy</h1><label for="q">Question</label><input id="q"></main></html>"""
BAD = """<!doctype html><html><title>Policy</title><img src="x.png"><input id="q"></html>"""


def test_a_page_of_this_machine_is_shown(page: Page) -> None:
    app = web.Application()
    app.router.add_get("/", _hello)
    with served(app) as address:
        page.goto(address)
        assert page.get_by_role("heading").inner_text() == "Policy"


async def _hello(_request: web.Request) -> web.Response:
    return web.Response(text=GOOD, content_type="text/html")


def test_no_page_reaches_beyond_this_machine(page: Page) -> None:
    with pytest.raises(BrowserError, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://policy.example/")


def test_an_accessible_page_has_no_violations(page: Page) -> None:
    page.set_content(GOOD)
    assert violations(page) == []


def test_each_violation_names_its_rule_and_place(page: Page) -> None:
    page.set_content(BAD)
    rules = {line.split()[0] for line in violations(page)}
    assert rules == {"html-has-lang", "image-alt", "label"}


def test_without_chromium_the_reason_and_the_remedy_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "chromium"))
    with (
        pytest.raises(chromium.ChromiumMissingError, match="apt-get install chromium"),
        chromium.chromium(),
    ):
        pass
