"""On a shared computer the next person starts a conversation of their own."""

from playwright.sync_api import BrowserContext, expect

from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED, UNSURE, ask
from tests.handlers.web.desk_site import DeskSite


def test_a_forgotten_browser_shows_nothing_of_the_person_before(
    site: DeskSite, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(site.address)
    ask(page, UNSURE)
    cookie = next(each for each in context.cookies() if each["name"] == "visitor")
    page.locator("summary", has_text="Privacy").click()
    page.get_by_role("button", name="Forget this browser").click()
    expect(page.locator(".entry")).to_have_count(0)
    ask(page, COVERED)
    page.reload()
    expect(page.locator(".entry.asked")).to_have_count(1)
    assert cookie["value"] not in [each["value"] for each in context.cookies()]
    assert len(site.service.desk.casework.listed()) == 1, "the case is still answered"


def test_a_colleague_who_is_signed_in_signs_out_instead(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, JANE, "/")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    expect(page.get_by_text("Forget this browser")).to_have_count(0)
