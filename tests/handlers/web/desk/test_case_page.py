"""A case in the browser, from its question to what the next asker is told."""

from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Status
from desk.model.people import Person
from handlers.web.security.csrf import FIELD
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, OMAR, incoming
from tests.handlers.web.desk_site import RITA, UNSURE, DeskSite


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def trail(site: DeskSite, person: Person) -> list[str]:
    """What the audit trail has of this colleague's steps."""
    rows = [line.split(",") for line in site.service.desk.audit_csv().splitlines()[1:]]
    return [row[4] for row in rows if row[2] == person.name]


def test_a_case_is_claimed_answered_and_its_answer_arrives(
    site: DeskSite, context: BrowserContext
) -> None:
    asking = context.new_page()
    asking.goto(site.address)
    asking.get_by_label("Your question").fill(UNSURE)
    press(asking, "Ask")
    expect(asking.get_by_text("Your reference is C-1")).to_be_visible()

    page = site.page(context, JANE)
    page.get_by_role("link", name="C-1").click()
    press(page, "Claim")
    expect(page.get_by_text("With Jane Smith (you).")).to_be_visible()
    box = page.get_by_label("Your answer")
    expect(box).to_have_value("")
    box.fill("HR run both.")
    page.get_by_role("button", name="Insert the quote from section 2(a), Employees").click()
    expect(page.get_by_label("section 2(a), Employees “Not post")).to_be_checked()
    expect(box).to_have_value(
        "HR run both.\n“Not post without training.” (section 2(a), Employees)\n"
    )
    press(page, "Preview")
    shown = page.get_by_role("region", name="As the asker will see it")
    expect(shown).to_contain_text("Jane Smith answers (C-1):")
    expect(shown.get_by_text("Not post without training.")).to_have_count(1)
    press(page, "Send the answer")
    expect(page.get_by_role("heading", name="C-1 answered")).to_be_visible()
    assert trail(site, JANE) == ["signed in", "claimed", "answered"]
    case = site.service.desk.casework.show("C-1")
    assert [quote.section for quote in case.answers[0].cited] == ["2(a)"]


def test_the_answer_comes_to_the_page_of_who_asked(site: DeskSite, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(site.address)
    page.get_by_label("Your question").fill(UNSURE)
    press(page, "Ask")
    expect(page.get_by_text("Your reference is C-1")).to_be_visible()
    site.service.desk.casework.answer("C-1", JANE, "HR run both.")
    expect(page.get_by_text("Jane Smith answers (C-1):")).to_be_visible()


def test_an_answer_is_corrected_published_and_serves_the_next_asker(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    site.service.desk.casework.answer(case.ref, JANE, "HR do.", case.closest[:1])
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    page.get_by_label("Corrected answer").fill("HR run the training.")
    press(page, "Send the correction")
    expect(page.get_by_text("Jane Smith corrected the answer")).to_be_visible()
    page.get_by_text("Publish the answer").click()
    form = page.get_by_role("form", name="Publish")
    form.get_by_label("Review by").fill("2020-01-01")
    press(page, "Publish")
    expect(page.get_by_role("alert")).to_contain_text("not in the future")
    form.get_by_label("Review by").fill("2027-01-01")
    press(page, "Publish")
    told = page.get_by_role("alert").filter(has_text="Published as P-1")
    expect(told).to_contain_text("Everyone who asks this now gets this text, until 1 January 2027")
    expect(told).to_contain_text("HR run the training.")
    expect(told).to_contain_text("Explains section 2(a), Employees")
    assert violations(page) == []
    site.service.conversation.ask(incoming(ANN, UNSURE))
    assert len(site.service.desk.casework.listed()) == 0
    assert trail(site, JANE) == ["answered", "signed in", "corrected", "published"]


def test_a_case_is_released_closed_with_a_reason_and_reopened(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    press(page, "Claim")
    press(page, "Unassign")
    expect(page.get_by_role("heading", name="C-1 open")).to_be_visible()
    page.get_by_text("Close without an answer").click()
    page.get_by_label("Reason").fill("Asked twice.")
    press(page, "Close the case")
    expect(page.get_by_role("heading", name="C-1 closed")).to_be_visible()
    press(page, "Reopen")
    expect(page.get_by_role("heading", name="C-1 reopened")).to_be_visible()
    assert trail(site, JANE) == ["signed in", "claimed", "released", "closed", "reopened"]


def test_what_is_with_a_colleague_can_be_taken_over(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    site.service.desk.casework.claim(case.ref, OMAR)
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    page.get_by_label("Your answer").fill("Mine.")
    press(page, "Send the answer")
    expect(page.get_by_role("alert")).to_contain_text("C-1 is with Omar Khan. Take it over first.")
    expect(page.get_by_label("Your answer")).to_have_value("Mine.")
    press(page, "Take over")
    expect(page.get_by_text("With Jane Smith (you).")).to_be_visible()


def test_the_queue_is_filtered(site: DeskSite, context: BrowserContext) -> None:
    site.case()
    site.service.conversation.ask(incoming(ANN, "who runs the training of dogs and the meeting?"))
    site.service.desk.casework.claim("C-2", JANE)
    site.toy.clock.advance(days=2)
    page = site.page(context, JANE)
    expect(page.get_by_role("row")).to_have_count(3)
    expect(page.locator("time.late")).to_have_text(["25 h late"] * 2)
    page.get_by_label("Mine").check()
    press(page, "Show")
    expect(page.get_by_role("rowheader")).to_have_text(["C-2 2 days"])
    page.get_by_role("link", name="Clear").click()
    page.get_by_label("Search references, questions and answers").fill("DOGS")
    page.get_by_label("Overdue").check()
    page.get_by_label("Status").select_option("claimed")
    press(page, "Show")
    expect(page.get_by_role("rowheader")).to_have_text(["C-2 2 days"])
    page.get_by_label("Status").select_option("open")
    press(page, "Show")
    expect(page.get_by_text("No cases match.")).to_be_visible()


def test_a_reader_sees_a_case_and_has_nothing_to_press(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    page = site.page(context, RITA, f"/desk/cases/{case.ref}")
    expect(page.get_by_text("You may read the desk, but not work on cases.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_text(["Sign out"])
    assert violations(page) == []


def test_it_works_without_script(site: DeskSite, browser: object) -> None:
    assert hasattr(browser, "new_context")
    case = site.case()
    context = browser.new_context(java_script_enabled=False)
    page = site.page(context, JANE, f"/desk/cases/{case.ref}")
    page.get_by_label("Your answer").fill("HR do.")
    page.get_by_label("section 2(a), Employees “Not post").check()
    press(page, "Send the answer")
    assert page.get_by_role("heading", name="C-1 answered").is_visible()
    context.close()
    assert site.service.desk.casework.show("C-1").status is Status.ANSWERED


def test_pages_of_the_desk_are_accessible_in_light_dark_and_on_a_phone(
    site: DeskSite, context: BrowserContext
) -> None:
    case = site.case()
    site.service.desk.casework.answer(case.ref, JANE, "HR do.", case.closest[:1])
    site.case("who runs the training for the meeting?")
    page = site.page(context, JANE)
    for path in ("/desk", "/desk/cases/C-1", "/desk/cases/C-2"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.goto(f"{site.address}{path}")
            assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.set_viewport_size({"width": 1400, "height": 1000})
    assert page.locator(f"input[name={FIELD}]").count() > 0
