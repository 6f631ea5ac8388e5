"""The desk's other pages: published answers, gaps, figures, switches and records."""

import csv
import io
import json

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.question import Accepted, Outcome, Verdict
from desk.services.switches import Switch
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, accepted, incoming
from tests.desk.fakes import RecordedEmail, RecordingMessenger
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import OLIVE, RITA, UNSURE, DeskSite


@pytest.fixture
def busy(site: DeskSite) -> DeskSite:
    """Some days of work."""
    desk = site.service.desk
    for number in range(3):
        asked = site.service.conversation.ask(incoming(ANN, "logo on my blog"))
        assert isinstance(asked, Accepted)
        verdict = Verdict.HELPFUL if number else Verdict.NOT_HELPFUL
        desk.intake.feedback(asked.question_id, ANN, verdict)
        site.toy.clock.advance(days=1)
    case = site.case()
    site.toy.clock.advance(hours=2)
    desk.casework.answer(case.ref, JANE, "HR do.", case.closest[:1])
    return site


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def published(site: DeskSite) -> Colleague:
    colleague = Colleague(site.address, site.secret(JANE))
    case = site.service.desk.casework.show("C-1")
    sent = colleague.post(
        "/desk/cases/C-1/publish",
        since=str(case.events[-1].id),
        question=UNSURE,
        text="HR do.",
        owner="Comms",
        review_by="2027-01-01",
        cite="toy#2-a",
    )
    assert sent.status == 303, sent.text
    return colleague


def test_a_published_answer_is_checked_again_when_its_day_has_passed(
    busy: DeskSite, context: BrowserContext
) -> None:
    published(busy)
    busy.toy.clock.advance(days=400)
    page = busy.page(context, JANE, "/desk/published")
    expect(page.get_by_text("check again: its review date has passed")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="P-1").click()
    assert violations(page) == []
    page.get_by_label("Answer", exact=True).fill("HR still do.")
    page.get_by_label("Review by").fill("2030-01-01")
    press(page, "Save")
    expect(page.get_by_text("1 January 2030")).to_be_visible()
    expect(page.get_by_text("check again")).to_have_count(0)
    assert busy.service.desk.publishing.published()[0].text == "HR still do."


def test_a_published_answer_is_retired(busy: DeskSite, context: BrowserContext) -> None:
    published(busy)
    page = busy.page(context, JANE, "/desk/published/P-1")
    page.get_by_text("Retire", exact=True).click()
    press(page, "Retire P-1")
    expect(page.get_by_text("There are none yet.")).to_be_visible()


def test_who_saves_a_published_answer_second_is_refused_and_keeps_their_words(
    busy: DeskSite, context: BrowserContext
) -> None:
    published(busy)
    page = busy.page(context, JANE, "/desk/published/P-1")
    found = busy.service.desk.publishing.show("P-1")
    busy.toy.clock.advance(minutes=1)
    Colleague(busy.address, busy.secret(OLIVE)).post(
        "/desk/published/P-1/edit",
        edited_at=found.edited_at.isoformat(),
        question=UNSURE,
        text="Olive's words.",
        owner="Comms",
        review_by="2027-02-02",
        cite="toy#2-a",
    )
    page.get_by_label("Answer", exact=True).fill("Jane's words.")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("P-1 was edited since you opened it.")
    expect(page.get_by_label("Answer", exact=True)).to_have_value("Jane's words.")
    assert busy.service.desk.publishing.show("P-1").text == "Olive's words."


def test_gaps_stand_together(busy: DeskSite, context: BrowserContext) -> None:
    busy.case("who runs the training for the meeting?")
    busy.toy.clock.advance(minutes=1)
    page = busy.page(context, JANE, "/desk/gaps")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    page.get_by_text("All 2").click()
    expect(page.get_by_role("listitem").filter(has_text="for the meeting")).to_be_visible()
    assert violations(page) == []


def test_gaps_answered_since_are_left_out_and_the_others_are_exported(
    busy: DeskSite, context: BrowserContext
) -> None:
    desk = busy.service.desk
    number = accepted(desk, incoming(text="=A1 logo on my blog"))
    desk.intake.finish(number, Outcome.OFFERED, "shall I ask comms?")
    busy.toy.clock.advance(minutes=1)
    page = busy.page(context, JANE, "/desk/gaps")
    expect(page.get_by_text("answered since", exact=True)).to_have_count(1)
    expect(page.get_by_role("link", name="C-1")).to_be_visible()
    page.get_by_label("Not answered since").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="Download as CSV").click()
    (row,) = csv.DictReader(io.StringIO(downloaded.value.path().read_text()))
    assert row["question"] == "'=A1 logo on my blog"
    assert (row["people"], row["cases"], row["answered in"]) == ("1", "", "")


def test_comms_read_figures_and_say_what_a_question_would_take_them(
    busy: DeskSite, context: BrowserContext
) -> None:
    page = busy.page(context, JANE, "/desk/insights")
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))
    page.reload()
    page.get_by_text("As a table").click()
    days = page.get_by_role("region", name="Questions each day, as a table")
    expect(days.get_by_role("row")).to_have_count(5)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
    waits = page.get_by_role("region", name="How long people waited for you")
    expect(waits.get_by_role("row", name="1 to 4 hours")).to_contain_text("1")
    page.get_by_label("Minutes that a question would take you").fill("20")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("At 20 minutes for each, that saved 1 h 0 min.")).to_be_visible()
    expect(page.get_by_text("75%")).to_be_visible()
    assert violations(page) == []
    assert refused == []  # the content security policy lets all of it through
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="What people asked about").click()
    rows = list(csv.reader(io.StringIO(downloaded.value.path().read_text())))
    assert rows[:2] == [["Topic", "Questions"], ["Think twice", "3"]]


def test_the_page_of_tests_says_how_often_the_bot_was_right(busy: DeskSite) -> None:
    page = Colleague(busy.address, busy.secret(JANE)).get("/desk/test").text
    assert "Can you rely on how sure the bot is?" in page


def test_nonsense_for_a_figure_is_no_page_and_for_minutes_no_number(site: DeskSite) -> None:
    jane = Colleague(site.address, site.secret(JANE))
    assert jane.get("/desk/insights/nothing.csv").status == 404
    for minutes in ("x", "-1", "9" * 20, "%00"):
        assert jane.get(f"/desk/insights?minutes={minutes}").status in {200, 400}
    assert 'value="480"' in jane.get("/desk/insights?minutes=99999").text


def test_a_desk_without_questions_has_pages_too(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE, "/desk/insights")
    expect(page.get_by_text("There is nothing in this period.")).to_have_count(7)
    for path in ("/desk/gaps", "/desk/published", "/desk/switches"):
        page.goto(f"{site.address}{path}")
        assert violations(page) == []


def test_an_owner_switches_the_bot_and_every_page_says_so(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, OLIVE, "/desk/switches")
    expect(page.get_by_text("The bot answers questions on every platform")).to_be_visible()
    press(page, "Hand everything over")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand every question over to you?")
    assert site.service.desk.switches.on() == frozenset()
    assert violations(page) == []
    press(page, "Hand everything over")
    expect(page.get_by_text("Everything is handed over.")).to_be_visible()
    expect(page.get_by_text("The bot hands every question to you.")).to_be_visible()
    assert site.service.desk.switches.on() == {Switch.HAND_EVERYTHING_OVER}
    assert violations(page) == []
    press(page, "Let the bot answer again")
    expect(page.get_by_text("Everything is handed over.")).to_have_count(0)
    assert site.service.desk.switches.on() == frozenset()


def test_the_switches_page_says_which_emails_have_not_arrived(site: DeskSite) -> None:
    desk, case = site.service.desk, site.case()
    desk.answer_emails.leave(case.ref, ANN, "ann@example.gov.uk")
    desk.casework.answer(case.ref, JANE, "No.")
    desk.delivery.deliver_due(RecordingMessenger())
    post = RecordedEmail()
    post.failures = [ConnectionRefusedError()]
    desk.delivery.deliver_due(post)
    page = Colleague(site.address, site.secret(RITA)).get("/desk/switches").text
    assert f"{case.ref}  answer by e-mail  email  to be tried again, tries: 1" in page
    assert "1 tried before" in page
    assert "ann@" not in page


def test_an_owner_takes_the_records_out(busy: DeskSite, context: BrowserContext) -> None:
    page = busy.page(context, OLIVE, "/desk/records")
    expect(page.get_by_text("intact")).to_be_visible()
    assert violations(page) == []
    owner = Colleague(busy.address, busy.secret(OLIVE))
    trail = owner.get("/desk/records/audit.csv")
    assert trail.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert {row["action"] for row in csv.DictReader(io.StringIO(trail.text))} >= {"answered"}
    report = owner.get("/desk/records/report.json?days=30")
    assert json.loads(report.text)["questions"] == 4
    figures = {
        tuple(row[:2])
        for row in csv.reader(io.StringIO(owner.get("/desk/records/report.csv").text))
    }
    assert ("handed over", "near miss") in figures


def test_an_owner_finds_what_a_reference_names(busy: DeskSite) -> None:
    published(busy)
    owner = Colleague(busy.address, busy.secret(OLIVE))
    for ref, place in (
        ("C-1", "/desk/cases/C-1"),
        ("%20c1%20", "/desk/cases/C-1"),
        ("1", "/desk/cases/C-1"),
        ("p-1", "/desk/published/P-1"),
        ("Q-2", "/desk/conversations/Q-2"),
    ):
        found = owner.get(f"/desk/records/find?ref={ref}")
        assert (found.status, found.headers.get("Location")) == (303, place)
    for ref in ("C-99", "P-9", "Q-99", "", "x", "C-" + "9" * 30, "%3Cb%3E"):
        missing = owner.get(f"/desk/records/find?ref={ref}")
        assert missing.status == 404
        assert "There is no case, published answer or question" in missing.text
        assert "<b>" not in missing.text
    assert Colleague(busy.address, busy.secret(JANE)).get("/desk/records/find").status == 403


def test_an_owner_exports_and_erases_a_person(busy: DeskSite, context: BrowserContext) -> None:
    page = busy.page(context, OLIVE, "/desk/records")
    with page.expect_download() as downloaded:
        page.get_by_role("form", name="Export a person’s data").get_by_role("textbox").fill(ANN.key)
        press(page, "Export as JSON")
    told = json.loads(downloaded.value.path().read_text())
    assert len(told["questions"]) == 4
    form = page.get_by_role("form", name="Delete a person’s data")
    form.get_by_label("Person’s key").fill(ANN.key)
    form.get_by_label("Repeat the key").fill(ANN.key)
    press(page, "Delete")
    expect(page.get_by_text("This person’s data is deleted.")).to_be_visible()
    assert busy.service.desk.casework.show("C-1").question == ""


def test_what_a_spreadsheet_would_run_is_only_text(site: DeskSite) -> None:
    site.case("=SUM(A1) who runs the training and the meeting?")
    site.toy.clock.advance(minutes=1)
    owner = Colleague(site.address, site.secret(OLIVE))
    rows = list(csv.reader(io.StringIO(owner.get("/desk/records/report.csv").text)))
    assert [row[1] for row in rows if row[0] == "gap"] == [
        "'=SUM(A1) who runs the training and the meeting?"
    ]
