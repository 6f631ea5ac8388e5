"""Two browsers on one case: nothing that either writes is lost, and both hear of the other."""

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.desk.council import ANN, BOB, JANE, OMAR, followed_up, opened
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


def test_nothing_that_is_written_is_lost_whatever_happens_meanwhile(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    opened(site.service.desk, BOB, "Who pays?")
    path = f"{site.address}/desk/cases/{case.ref}"
    jane = site.page(context, JANE, f"/desk/cases/{case.ref}")
    box = jane.locator("#text")
    box.fill("Draft")
    press(jane, "Preview")
    expect(jane.get_by_role("region", name="As the asker will see it")).to_be_visible()
    box.fill("Draft two")
    jane.reload()
    expect(jane.get_by_role("region", name="As the asker will see it")).to_have_count(0)
    expect(box).to_have_value("Draft two")
    jane.route("**/answer", lambda route: route.abort())
    press(jane, "Send the answer")
    jane.unroute("**/answer")
    jane.goto(path)
    expect(box).to_have_value("Draft two")
    press(jane, "Preview")
    expect(jane.get_by_role("region", name="As the asker will see it")).to_be_visible()
    jane.get_by_label("section 2(a), Employees “Not post").check()
    site.service.desk.casework.answer(case.ref, OMAR, "Omar's answer.")
    expect(jane.get_by_role("status")).to_contain_text("Omar Khan answered this just now.")
    press(jane, "Show the updated case")
    expect(jane.get_by_label("Corrected answer")).to_have_value("Draft two")
    expect(jane.get_by_label("section 2(a), Employees “Not post")).to_be_checked()
    jane.goto(f"{site.address}/desk/cases/C-2")
    expect(box).to_have_value("")
    jane.goto(path)
    expect(box).to_have_value("Draft two")
    site.service.desk.casework.correct(case.ref, OMAR, "Omar's correction.")
    jane.reload()
    expect(box).to_have_value("Omar's correction.")
    press(jane, "Use that text")
    expect(box).to_have_value("Draft two")
    press(jane, "Send the correction")
    expect(jane.get_by_text("Jane Smith corrected the answer")).to_be_visible()
    jane.reload()
    expect(box).to_have_value("Draft two")
    expect(jane.locator("#unsent")).to_be_hidden()


def test_a_draft_is_not_shown_to_who_signs_in_after_somebody(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    page.locator("#text").fill("Jane's draft.")
    press(page, "Sign out")
    expect(page.get_by_label("Your question")).to_be_visible()
    site.sign_in(context, OMAR)
    page.goto(f"{site.address}/desk/cases/{case.ref}")
    expect(page.locator("#text")).to_have_value("")
    assert page.evaluate("Object.keys(sessionStorage)") == []


def test_the_queue_keeps_the_box_for_all_and_the_focus_when_it_changes(
    site: DeskSite, context: BrowserContext
) -> None:
    site.case()
    page = site.page(context, JANE)
    page.get_by_label("All", exact=True).check()
    page.get_by_role("link", name="C-1").focus()
    opened(site.service.desk, BOB, "Who pays?")
    expect(page.get_by_role("link", name="C-2")).to_be_visible()
    expect(page.get_by_role("link", name="C-1")).to_be_focused()
    everything = page.get_by_label("All", exact=True)
    expect(everything).not_to_be_checked()
    expect(page.get_by_label("Choose C-1")).to_be_checked()
    everything.check()
    expect(page.get_by_label("Choose C-2")).to_be_checked()


def test_a_colleague_who_signs_out_hears_no_more(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE)
    press(page, "Sign out")
    expect(page.get_by_label("Your question")).to_be_visible()
    page.goto(f"{site.address}/desk")
    expect(page.get_by_role("alert")).to_contain_text("by the link that the bot printed")
    assert page.request.get(f"{site.address}/desk/events").status == 403
