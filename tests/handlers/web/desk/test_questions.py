"""An owner teaches a policy at the desk, in a real browser."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Quote
from desk.model.question import Outcome, Verdict
from knowledge.policy import Policy
from knowledge.teaching_prompt import sentence_ids
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, accepted, incoming
from tests.handlers.web.desk_site import OLIVE, DeskSite, desk_site
from tests.toy_policies import PolicyToy, policy_folder
from tests.toy_service import in_folder

LOGO = "Never use the logo on a private blog."
PATH = "/desk/policies/questions/guidance"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[DeskSite]:
    with desk_site(PolicyToy(in_folder(tmp_path), folder=policy_folder(tmp_path))) as site:
        yield site


def policy(site: DeskSite) -> Policy:
    return site.service.policies[0]


def paste(page: Page, *lines: dict[str, object]) -> None:
    page.get_by_label("Paste questions").fill("\n".join(map(json.dumps, lines)))
    page.get_by_role("button", name="Check and add").click()


def test_questions_are_pasted_written_edited_and_deleted(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, OLIVE, "/desk/policies")
    page.get_by_role("link", name="Questions for Social media guidance").click()
    expect(page.get_by_text("2 of 2 sentences answer no question yet")).to_be_visible()
    first = next(iter(sentence_ids(policy(site))))
    paste(page, {"question": "logo ok?", "must": [[first]]}, {"question": "no sentence"})
    expect(page.get_by_role("status").first).to_contain_text("1 question was added")
    expect(page.get_by_text("Line 2: an answerable question needs")).to_be_visible()
    expect(page.get_by_text("1 of 2 sentences answer no question yet")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Write one").click()
    page.get_by_label("Question, as").fill("course first?")
    page.get_by_label("Training is needed").check()
    assert violations(page) == []
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("Every sentence answers at least one question.")).to_be_visible()
    page.get_by_role("link", name="Edit course first?").click()
    page.get_by_label("No: it only sounds").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("near miss", exact=True)).to_be_visible()
    page.get_by_label("logo ok?").check()
    page.get_by_role("button", name="Delete those ticked").click()
    expect(page.get_by_role("heading", name="1 question", exact=True)).to_be_visible()


def test_confirmed_feedback_is_proposed_and_added_only_when_it_was_checked(
    site: DeskSite, context: BrowserContext
) -> None:
    desk = site.service.desk
    number = accepted(desk, incoming(text="can I use the logo?"))
    desk.intake.finish(number, Outcome.ANSWERED, "body", (Quote("guidance", "1", "Logo", LOGO),))
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    page = site.page(context, OLIVE, PATH)
    expect(page.get_by_role("heading", name="1 proposed")).to_be_visible()
    assert desk.teaching.of_policy("guidance") == ()
    page.get_by_role("link", name="Check and add").click()
    expect(page.get_by_label(LOGO)).to_be_checked()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="1 question", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="1 proposed")).to_have_count(0)


def test_only_an_owner_sees_the_page(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE, PATH)
    expect(page.get_by_text("Only an owner of the desk may do this.")).to_be_visible()
    page.goto(f"{site.address}/desk/policies")
    expect(page.get_by_role("link", name="Questions for")).to_have_count(0)


def test_text_that_is_no_json_is_refused_and_a_policy_that_is_not_there_is_not_found(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, OLIVE, PATH)
    page.get_by_label("Paste questions").fill("\n")
    page.locator("#lines").evaluate("box => box.required = false")
    page.get_by_role("button", name="Check and add").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no question in it.")
    assert page.goto(f"{site.address}/desk/policies/questions/none").status == 404  # type: ignore[union-attr]
