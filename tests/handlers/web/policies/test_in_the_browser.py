from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.handlers.web.chat_site import Site, site
from tests.toy_service import Toy, in_folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(Toy(in_folder(tmp_path_factory.mktemp("pages")))) as running:
        yield running


def test_one_comes_from_the_list_by_search_to_the_clause(page: Page, running: Site) -> None:
    page.goto(running.address)
    page.get_by_role("link", name="Policies").click()
    page.get_by_role("searchbox", name="Search all policies").fill("journal")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="2(b) Employees").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toy guidance")
    clause = page.locator("[id='2-b']")
    expect(clause.locator("mark")).to_have_text("journalist")
    expect(clause).to_be_in_viewport()


def test_the_contents_lead_to_their_headings(page: Page, running: Site) -> None:
    page.set_viewport_size({"width": 800, "height": 300})
    page.goto(f"{running.address}/policies/toy")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="4 Records").click()
    expect(page.get_by_role("heading", name="4 Records")).to_be_in_viewport()


def test_the_label_of_a_clause_copies_its_address(
    context: BrowserContext, page: Page, running: Site
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=running.address)
    page.goto(f"{running.address}/policies/toy?q=phone")
    page.locator("[id='3'] .label").click()
    expect(page.get_by_role("status")).to_have_text("Link copied.")
    copied = page.locator("body").evaluate("() => navigator.clipboard.readText()")
    assert copied == f"{running.address}/policies/toy#3"


def test_a_page_holds_nothing_from_elsewhere(page: Page, running: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/policies", "/policies/toy"):
        page.goto(f"{running.address}{path}")
    assert asked
    assert all(address.startswith(running.address) for address in asked)
