"""The whole loop on the pages alone: somebody asks, a colleague of comms answers at the desk."""

from playwright.sync_api import Browser, BrowserContext, expect

from tests.desk.council import JANE
from tests.handlers.web.desk_site import DeskSite, another


def test_an_answer_given_at_the_desk_arrives_in_the_open_chat(
    site: DeskSite, context: BrowserContext, browser: Browser
) -> None:
    with another(browser) as second:
        asker = context.new_page()
        asker.goto(site.address)
        asker.get_by_label("Your question").fill("training meeting")
        asker.keyboard.press("Enter")
        expect(asker.locator(".entry.receipt")).to_contain_text("Your reference is C-1.")
        jane = site.page(second, JANE, "/desk/cases/C-1")
        jane.get_by_label("Your answer").fill("Yes, book it with us.")
        jane.get_by_role("button", name="Send the answer", exact=True).click()
        answer = asker.locator(".entry.answer")
        expect(answer).to_contain_text("Jane Smith answers (C-1):")
        expect(answer).to_contain_text("Yes, book it with us.")
        asker.locator("summary", has_text="Add to C-1").click()
        asker.get_by_label("Details to add").fill("Also for volunteers?")
        asker.get_by_role("button", name="Add details").click()
        expect(asker.locator(".entry.receipt").last).to_contain_text("“Also for volunteers?”")
        jane.goto(f"{site.address}/desk/cases/C-1")
        expect(jane.get_by_text("Also for volunteers?").first).to_be_visible()
