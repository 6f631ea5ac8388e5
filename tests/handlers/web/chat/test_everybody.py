"""The chat by keyboard, by ear, without a script, without a connection, and for two at once."""

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from desk.services.desk import Desk
from handlers.web.chat.address import contact_of
from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED, UNSURE, ask, opened
from tests.handlers.web.chat_site import Site, person_of
from tests.handlers.web.wait import until


def test_what_came_while_the_connection_was_gone_is_shown_after_it(
    context: BrowserContext, ann: Page, replica: Desk
) -> None:
    ask(ann, UNSURE)
    context.set_offline(True)
    ann.get_by_label("Your question").fill(COVERED)
    ann.get_by_role("button", name="Ask", exact=True).click()
    expect(ann.get_by_role("alert")).to_contain_text("cannot be reached")
    expect(ann.get_by_label("Your question")).to_have_value(COVERED)
    replica.casework.answer("C-1", JANE, "Yes, book it with us.")
    context.set_offline(False)
    ann.get_by_role("button", name="Ask", exact=True).click()
    expect(ann.get_by_role("alert")).to_be_hidden()
    expect(ann.locator(".entry.answer")).to_contain_text("Yes, book it with us.")
    expect(ann.locator(".entry.asked")).to_have_count(2)


def test_all_of_it_goes_by_keyboard(ann: Page, running: Site) -> None:
    ann.keyboard.press("Tab")
    expect(ann.get_by_role("link", name="Skip to the content")).to_be_focused()
    ann.keyboard.press("Tab")
    expect(ann.get_by_role("link", name="Skip to the question field")).to_be_focused()
    ann.keyboard.press("Enter")
    expect(ann.get_by_label("Your question")).to_be_focused()
    ann.keyboard.type("training")
    ann.keyboard.press("Shift+Enter")
    ann.keyboard.type("meeting")
    expect(ann.get_by_label("Your question")).to_have_value("training\nmeeting")
    ann.keyboard.press("Enter")
    expect(ann.locator(".entry.receipt")).to_be_visible()
    expect(ann.get_by_label("Your question")).to_be_focused()
    ann.keyboard.press("Shift+Tab")
    expect(ann.locator("summary", has_text="Add to C-1")).to_be_focused()
    ann.keyboard.press("Shift+Tab")
    expect(ann.get_by_role("button", name="Withdraw C-1")).to_be_focused()
    ann.keyboard.press("Enter")
    expect(ann.locator(".entry").last).to_contain_text("Withdrawn.")
    assert running.service.desk.casework.listed() == ()


def test_what_is_new_is_read_out(ann: Page) -> None:
    ask(ann, COVERED)
    log = ann.get_by_role("log", name="Conversation")
    expect(log.get_by_role("article")).to_have_count(2)
    headings = log.get_by_role("heading", level=3)
    expect(headings.first).to_contain_text("You")
    expect(headings.last).to_contain_text("From the policy")


def test_nothing_that_anybody_typed_runs(ann: Page, replica: Desk) -> None:
    ran: list[str] = []

    def dialog_opened(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    ann.on("dialog", dialog_opened)
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> training meeting"
    ask(ann, hostile)
    replica.casework.answer("C-1", JANE, "<svg onload=alert(3)>yes</svg>")
    expect(ann.locator(".entry.answer")).to_contain_text("<svg onload=alert(3)>yes</svg>")
    ann.goto(f"{ann.url}policies/toy?q=%3Cscript%3Ealert(4)%3C/script%3E")
    expect(ann.get_by_role("searchbox")).to_have_value("<script>alert(4)</script>")
    assert ran == []


def test_it_works_without_a_script(running: Site, browser: Browser, replica: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(running, context)
    ask(page, UNSURE)
    expect(page.locator(".entry.receipt")).to_contain_text("Your reference is C-1.")
    replica.casework.answer("C-1", JANE, "Yes, book it with us.")
    until(lambda: not replica.delivery.has_pending(contact_of(person_of("Ann"))))
    page.reload()
    expect(page.locator(".entry.answer")).to_contain_text("Yes, book it with us.")
    page.locator(".entry.answer").get_by_role("button", name="Helpful", exact=True).click()
    expect(page.locator(".entry.judged")).to_contain_text("Thank you for your feedback.")
    clause = ask(page, COVERED).locator(".clause").first
    clause.locator("summary").click()
    clause.get_by_role("link", name="Read it in the policy").click()
    expect(page.locator(".passage.quoted mark")).to_be_in_viewport()
    context.close()


def test_two_visitors_see_nothing_of_each_other(running: Site, browser: Browser, ann: Page) -> None:
    ask(ann, UNSURE)
    context = browser.new_context()
    stranger = context.new_page()
    stranger.goto(running.address)
    expect(stranger.locator(".entry")).to_have_count(0)
    ask(stranger, COVERED)
    expect(stranger.get_by_role("blockquote")).to_be_visible()
    stranger.reload()
    expect(stranger.locator(".entry.asked")).to_have_count(1)
    context.close()
