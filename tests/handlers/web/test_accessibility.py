"""WCAG 2.2 AA on every page that an asker sees: light and dark, on a desk and on a phone."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from desk.model.case import Quote
from tests.browser.accessibility import violations
from tests.desk.council import JANE
from tests.handlers.web.chat_site import Site, site
from tests.toy import TRAINING
from tests.toy_service import Toy, in_folder

WIDE, PHONE = ViewportSize(width=1200, height=900), ViewportSize(width=320, height=640)
CITED = Quote("toy", "2(a)", "Employees", TRAINING.text)
Scheme = Literal["dark", "light"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Ann has had every kind of message that there is."""
    with site(Toy(in_folder(tmp_path_factory.mktemp("pages")))) as running:
        ann, casework = running.visitor("Ann"), running.service.desk.casework
        ann.ask("may I have the logo on my blog")
        ann.send(ann.form("/feedback"), verdict="not helpful")
        ann.ask("training meeting")
        casework.answer("C-1", JANE, "Yes.", (CITED,))
        ann.ask("what about it")
        casework.correct("C-1", JANE, "No.", (CITED,))
        ann.ask("weather")
        ann.send(ann.form("/ask-comms"))
        casework.close("C-2", JANE, "Asked by telephone.")
        ann.ask("who runs the training and the meeting?")
        ann.post("/withdraw", ref="C-3")
        ann.post("/withdraw", ref="C-3")
        ann.ask("x" * 300)
        yield running


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return "dark" if request.param == "dark" else "light"


@pytest.fixture(params=["wide", "phone"])
def ann(
    running: Site, browser: Browser, scheme: Scheme, request: pytest.FixtureRequest
) -> Iterator[Page]:
    size = PHONE if request.param == "phone" else WIDE
    context = browser.new_context(viewport=size, color_scheme=scheme, locale="en-GB")
    context.add_cookies([{"name": "name", "value": "Ann", "url": running.address}])
    page = context.new_page()
    yield page
    context.close()


def all_opened(page: Page) -> None:
    for summary in page.locator("details > summary").all():
        summary.click()
    clauses = page.locator(".clause").count()
    expect(page.locator(".clause .words")).to_have_count(clauses)


def fits(page: Page) -> bool:
    """Nothing has to be scrolled sideways."""
    width: int = page.locator("html").evaluate("page => page.scrollWidth")
    size = page.viewport_size
    return size is not None and width <= size["width"]


def test_the_chat_with_every_kind_of_message_is_accessible(ann: Page, running: Site) -> None:
    ann.goto(running.address)
    kinds = ("asked", "reply", "receipt", "corrected", "closed", "judged", "withdrawn", "told")
    for kind in kinds:
        expect(ann.locator(f".entry.{kind}").first).to_be_visible()
    all_opened(ann)
    assert violations(ann) == []
    assert fits(ann)


@pytest.mark.parametrize(
    "path",
    [
        "/policies",
        "/policies?q=training",
        "/policies/toy",
        "/policies/toy?q=phone",
        "/policies/toy?quote=What%20is%20secret%20stays%20so.&at=4#4",
        "/nowhere",
    ],
)
def test_a_page_is_accessible(ann: Page, running: Site, path: str) -> None:
    ann.goto(f"{running.address}{path}")
    assert violations(ann) == []
    assert fits(ann)


def test_a_first_visit_is_accessible(ann: Page, running: Site) -> None:
    ann.context.clear_cookies()
    ann.goto(running.address)
    expect(ann.get_by_role("heading", name="Examples")).to_be_visible()
    assert violations(ann) == []
    assert fits(ann)
