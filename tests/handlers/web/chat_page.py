"""A person at the chat, in Chromium."""

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.handlers.web.chat_site import Site

UNSURE = "training meeting"
COVERED = "may I have the logo on my blog"


def opened(running: Site, context: BrowserContext, name: str = "Ann") -> Page:
    context.add_cookies([{"name": "name", "value": name, "url": running.address}])
    page = context.new_page()
    page.goto(running.address)
    return page


def ask(page: Page, text: str) -> Locator:
    """The last entry, once the bot has replied."""
    asked = page.locator(".entry.asked").count()
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".entry.asked:not(.waiting)")).to_have_count(asked + 1)
    expect(page.get_by_role("status")).to_have_text(
        ""
    )  # the question may be shown before its reply
    return page.locator(".entry").last
