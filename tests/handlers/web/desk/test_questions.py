"""An owner teaches a policy at the desk, in a real browser."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Quote
from desk.model.question import Outcome, Verdict
from desk.model.taught_question import Origin
from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy
from knowledge.question import Question
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


def stored(site: DeskSite, name: str, count: int) -> None:
    questions = [
        BankQuestion("", Question(f"question {n}?"), Intent.ANSWERABLE, ((LOGO,),))
        for n in range(count)
    ]
    site.service.desk.teaching.add(name, questions, Origin.IMPORTED, JANE)


def test_the_earlier_message_of_a_proposal_can_be_emptied(
    site: DeskSite, context: BrowserContext
) -> None:
    desk = site.service.desk
    asked = replace(incoming(text="and the logo?"), history=("I am Ann of the press office",))
    number = accepted(desk, asked)
    desk.intake.finish(number, Outcome.ANSWERED, "body", (Quote("guidance", "1", "Logo", LOGO),))
    desk.intake.feedback(number, ANN, Verdict.HELPFUL)
    page = site.page(context, OLIVE, f"{PATH}/proposals/Q-{number}")
    expect(page.get_by_label("Message before it")).to_have_value("I am Ann of the press office")
    page.get_by_label("Message before it").fill("")
    page.get_by_role("button", name="Add").click()
    (taken,) = desk.teaching.of_policy("guidance")
    assert taken.question.asked.history == ()


def test_a_refused_question_is_shown_again_as_it_was_typed(
    site: DeskSite, context: BrowserContext
) -> None:
    stored(site, "guidance", 1)
    page = site.page(context, OLIVE, f"{PATH}/new")
    page.get_by_label("Question, as").fill("Question 0")
    page.get_by_label(LOGO).check()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_have_text("The policy has this question already.")
    expect(page.get_by_label("Question, as")).to_have_value("Question 0")
    expect(page.get_by_label(LOGO)).to_be_checked()


def test_a_prompt_has_an_address_of_its_own_for_owners(
    site: DeskSite, context: BrowserContext
) -> None:
    page = site.page(context, OLIVE, PATH)
    page.get_by_text("Have them written: 1 prompt").click()
    page.get_by_role("link", name="Prompt 1 of 1").click()
    expect(page.get_by_label("Prompt to copy")).to_have_value(
        re.compile("You write example questions")
    )
    assert violations(page) == []
    for number in (0, 2, 999999):
        assert page.goto(f"{site.address}{PATH}/prompts/{number}").status == 404  # type: ignore[union-attr]


def test_questions_of_a_policy_that_is_not_in_force_are_listed_and_deleted(
    site: DeskSite, context: BrowserContext
) -> None:
    stored(site, "old policy", 3)
    page = site.page(context, OLIVE, "/desk/policies")
    page.get_by_role("link", name="old policy: 3 questions").click()
    expect(page.get_by_text("This policy is not in force")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("question 0?").check()
    page.get_by_role("button", name="Delete those ticked").click()
    expect(page.get_by_role("heading", name="2 questions")).to_be_visible()
    page.get_by_role("link", name="Delete all questions").click()
    assert violations(page) == []
    page.get_by_role("button", name="Delete all questions").click()
    expect(page.get_by_role("heading", name="Policies", exact=True)).to_be_visible()
    assert site.service.desk.teaching.counts() == {}


def test_more_than_two_thousand_questions_can_be_ticked_and_deleted(
    site: DeskSite, context: BrowserContext
) -> None:
    stored(site, "guidance", 2100)
    page = site.page(context, OLIVE, PATH)
    forms = page.locator("form[action$='/delete']")
    expect(forms).to_have_count(5)
    forms.first.locator("input[name=id]").evaluate_all("all => all.forEach(e => e.checked = true)")
    page.get_by_role("button", name="Delete those ticked of 1 to 500").click()
    expect(page.get_by_role("heading", name="1600 questions")).to_be_visible()
    page.get_by_role("link", name="Delete all questions").click()
    page.get_by_role("button", name="Delete all questions").click()
    expect(page.get_by_role("heading", name="0 questions")).to_be_visible()


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
