"""Two browsers on one case: nothing that either writes is lost, and both hear of the other."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.desk.council import ANN, JANE, OMAR, followed_up
from tests.handlers.web.desk_site import DeskSite, another


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_claim_is_told_to_colleagues_who_look_at_the_case(
    site: DeskSite, context: BrowserContext, browser: Browser
) -> None:
    case = site.case()
    with another(browser) as second:
        jane = site.page(context, JANE, f"/desk/cases/{case.ref}")
        omar = site.page(second, OMAR, f"/desk/cases/{case.ref}")
        jane.get_by_label("Your answer").fill("Jane's words.")
        press(omar, "Claim")
        expect(jane.get_by_role("status")).to_contain_text("Omar Khan claimed this just now.")
        press(jane, "Show the updated case")
        expect(jane.get_by_text("With Omar Khan.")).to_be_visible()
        expect(jane.get_by_label("Your answer")).to_have_value("Jane's words.")
        press(jane, "Take over")
        expect(omar.get_by_role("status")).to_contain_text("Jane Smith took this over")


def test_who_answers_second_is_refused_and_keeps_what_they_wrote(
    site: DeskSite, context: BrowserContext, browser: Browser
) -> None:
    case = site.case()
    with another(browser) as second:
        jane = site.page(context, JANE, f"/desk/cases/{case.ref}")
        omar = site.page(second, OMAR, f"/desk/cases/{case.ref}")
        omar.get_by_label("Your answer").fill("Omar's answer.")
        press(omar, "Send the answer")
        expect(omar.get_by_role("heading", name="C-1 answered")).to_be_visible()
        jane.get_by_label("Your answer").fill("Jane's answer.")
        jane.get_by_label("section 2(a), Employees “Not post").check()
        press(jane, "Send the answer")
        alert = jane.get_by_role("alert")
        expect(alert).to_contain_text("C-1 has changed since you opened it. Nothing was sent.")
        expect(alert).to_contain_text("Omar Khan answered this")
        expect(alert).to_contain_text("Omar's answer.")
        expect(jane.get_by_label("Corrected answer")).to_have_value("Jane's answer.")
        expect(jane.get_by_label("section 2(a), Employees “Not post")).to_be_checked()
    assert [event.text for event in site.service.desk.casework.show(case.ref).answers] == [
        "Omar's answer."
    ]


def test_an_askers_addition_is_not_answered_over(site: DeskSite, context: BrowserContext) -> None:
    case = site.case()
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    page.get_by_label("Your answer").fill("HR do.")
    followed_up(site.service.desk, case.ref, ANN, "In my own time, I mean.")
    expect(page.get_by_role("status")).to_contain_text("Ann Asker added to this just now.")
    press(page, "Send the answer")
    expect(page.get_by_role("alert")).to_contain_text("In my own time, I mean.")
    press(page, "Send the answer")
    expect(page.get_by_role("heading", name="C-1 answered")).to_be_visible()


def test_the_queue_shows_a_new_case_by_itself(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE)
    expect(page.get_by_text("No cases match.")).to_be_visible()
    site.case()
    expect(page.get_by_role("link", name="C-1")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("C-1: Ann Asker asked this just now.")


def test_a_colleague_who_signs_out_hears_no_more(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE)
    press(page, "Sign out")
    expect(page.get_by_label("Your question")).to_be_visible()
    page.goto(f"{site.address}/desk")
    expect(page.get_by_role("alert")).to_contain_text("by the link that the bot printed")
    assert page.request.get(f"{site.address}/desk/events").status == 403
