"""The page that tests a question."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from handlers.web.desk.trial_page import NO_WORDS
from tests.browser.accessibility import violations
from tests.desk.council import JANE
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import RITA, UNSURE, DeskSite, desk_site
from tests.toy_policies import TEXT, PolicyToy, policy_folder
from tests.toy_service import in_folder


def test_a_question_is_tested_against_the_policies_in_force_and_against_a_draft(
    tmp_path: Path, context: BrowserContext
) -> None:
    toy = PolicyToy(in_folder(tmp_path), folder=policy_folder(tmp_path))
    with desk_site(toy) as site:
        new = TEXT.replace("before you post", "each year before you post").encode()
        site.service.desk.policy_versions.upload("guidance", "guidance.txt", new, JANE)
        page = site.page(context, JANE, "/desk/policies/versions/1")
        page.get_by_role("link", name="Test a question").last.click()
        expect(page.get_by_label("Policies", exact=True)).to_have_value("1")
        page.get_by_label("Policies", exact=True).select_option(index=0)
        page.get_by_label("Question", exact=True).fill("What does section 2 say about training?")
        page.get_by_role("button", name="Test").click()
        result = page.locator("section", has=page.get_by_role("heading", name="To everybody"))
        expect(result).to_contain_text("Training is needed before you post")
        page.get_by_label("Policies", exact=True).select_option(index=1)
        page.get_by_role("button", name="Test").click()
        expect(result).to_contain_text("Training is needed each year before you post")
        assert violations(page) == []
        assert site.service.desk.casework.listed() == ()


def test_the_page_says_why_a_question_is_handed_over(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, RITA, "/desk/test")
    page.get_by_label("Question", exact=True).fill(UNSURE)
    page.get_by_role("button", name="Test").click()
    result = page.locator("section", has=page.get_by_role("heading", name="To everybody"))
    expect(result.get_by_role("heading", level=2)).to_contain_text("Hands over to you")
    expect(result).to_contain_text("sure of the best clause. It answers from 50% on")
    expect(result.get_by_role("row")).not_to_have_count(0)
    assert violations(page) == []


def test_a_test_without_words_is_refused_with_a_sentence(site: DeskSite) -> None:
    reader = Colleague(site.address, site.secret(RITA))
    told = reader.post("/desk/test", question="  ")
    assert told.status == 422
    assert NO_WORDS in told.text
    assert reader.post("/desk/test", question="x" * 100_000).status == 409


def test_only_those_who_answer_test_another_version(tmp_path: Path) -> None:
    with desk_site(PolicyToy(in_folder(tmp_path), folder=policy_folder(tmp_path))) as site:
        site.service.desk.policy_versions.upload("guidance", "guidance.txt", TEXT.encode(), JANE)
        reader, jane = (Colleague(site.address, site.secret(who)) for who in (RITA, JANE))
        assert reader.post("/desk/test", question=UNSURE, version="1").status == 403
        assert "version 1" not in reader.get("/desk/test").text
        assert "/desk/test?version" not in reader.get("/desk/policies/versions/1").text
        assert jane.post("/desk/test", question=UNSURE, version="1").status == 200
        for unknown in ("999", "9" * 5000, "x"):
            assert jane.post("/desk/test", question=UNSURE, version=unknown).status == 422
