"""Publishing answers without a case, one by one and from a spreadsheet."""

import html
import re

from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from desk.model.question import Outcome
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, incoming
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import RITA, UNSURE, DeskSite

HEAD = "question,answer,clauses,owner,review by\n"


def upload(page: Page, text: str) -> None:
    file = FilePayload(name="answers.csv", mimeType="text/csv", buffer=text.encode())
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check and publish").click()


def test_an_answer_is_published_without_a_case_and_given_to_the_next_asker(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, JANE, "/desk/published")
    page.get_by_role("link", name="Publish an answer").click()
    page.get_by_label("Question that this answers").fill(UNSURE)
    page.get_by_label("Answer", exact=True).fill("HR do.")
    assert violations(page) == []
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("cites at least one clause")
    expect(page.get_by_label("Answer", exact=True)).to_have_value("HR do.")
    page.get_by_text("Toy guidance").last.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Published")).to_contain_text("P-1")
    assert violations(page) == []
    site.service.conversation.ask(incoming(ANN, UNSURE))
    assert dict(site.service.desk.metrics().outcomes)[Outcome.ANSWERED] == 1


def test_a_spreadsheet_is_published_whole_or_not_at_all(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, JANE, "/desk/published/import")
    upload(page, f"{HEAD}May I?,Yes.,2(a),HR,2026-12-10\nMay I post?,Yes.,99,,\n")
    expect(page.get_by_role("alert")).to_contain_text("Row 3: there is no section 99")
    expect(page.get_by_role("alert")).to_contain_text("The other 1 is fine")
    assert violations(page) == []
    assert site.service.desk.publishing.published() == ()
    upload(page, f"{HEAD}May I?,Yes.,2(a),HR,2026-12-10\nMay I post?,Yes.,4,,\n")
    expect(page.get_by_role("alert").filter(has_text="Published")).to_contain_text("2 answers")
    page.get_by_role("combobox", name="Show").select_option("due for review")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text("HR")


def test_a_double_click_publishes_once_and_says_so(site: DeskSite) -> None:
    jane = Colleague(site.address, site.secret(JANE))
    clause = re.search(r'name="cite" value="([^"]*)"', jane.get("/desk/published/new").text)
    assert clause is not None
    form = {"question": UNSURE, "text": "HR do.", "owner": "HR", "review_by": "2027-05-01"}
    for _ in range(2):
        sent = jane.post("/desk/published/new", cite=html.unescape(clause[1]), **form)
        assert (sent.status, sent.headers["Location"]) == (303, "/desk/published?added=P-1")
    assert len(site.service.desk.publishing.published()) == 1


def test_only_those_who_answer_publish(site: DeskSite) -> None:
    reader = Colleague(site.address, site.secret(RITA))
    for path in ("/desk/published/new", "/desk/published/import"):
        assert reader.get(path).status == 403
        assert reader.post(path, question="May I?").status == 403
    assert Colleague(site.address, site.secret(JANE)).post("/desk/published/import").status == 422
    assert site.service.desk.publishing.published() == ()
