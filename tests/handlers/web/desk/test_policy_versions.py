"""A policy is uploaded, looked at, put in force and announced, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Quote
from desk.model.question import Outcome
from handlers.web.policies.reading_preview import preview_page
from knowledge.documents.formats import KINDS, SUFFIXES
from knowledge.documents.reading import read
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, accepted, incoming, opened
from tests.handlers.web.desk_site import OLIVE, RITA, DeskSite, desk_site
from tests.toy_policies import TEXT, PolicyToy, policy_folder
from tests.toy_service import in_folder

NEW = TEXT.replace("Never use", "You may use").encode()

LISTED = b"""Keys policy

1. Keys

1.1 You must not:

(a) lend them to a visitor

(b) copy them
"""


@pytest.fixture
def policy_site(tmp_path: Path) -> Iterator[DeskSite]:
    with desk_site(PolicyToy(in_folder(tmp_path), folder=policy_folder(tmp_path))) as site:
        yield site


def upload(page: Page, content: bytes, name: str = "new.txt", policy: str = "guidance") -> None:
    field = page.get_by_label(KINDS)
    assert field.get_attribute("accept") == ",".join(SUFFIXES)
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.get_by_label("Upload as").select_option(policy)
    page.get_by_role("button", name="Upload").click()


def refresh(site: DeskSite) -> None:
    site.service.refresh_policies()
    site.service.refresh_policies()


def test_a_new_version_is_looked_at_put_in_force_and_announced(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    desk = policy_site.service.desk
    number = accepted(desk, incoming(text="can I use the logo?"))
    cited = (Quote("guidance", "1", "Logo", "Never use the logo on a private blog."),)
    desk.intake.finish(number, Outcome.ANSWERED, "body", cited)
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, NEW)
    expect(page.get_by_role("heading", level=1)).to_contain_text("version 1 draft")
    change = page.get_by_role("article").filter(has_text="1, Logo").first
    expect(change.locator("del")).to_have_text("Never ")
    expect(change.locator("ins")).to_have_text("You may ")
    assert violations(page) == []
    policy_site.toy.clock.advance(minutes=1)
    page.get_by_role("button", name="Put in force").click()
    refresh(policy_site)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("in force")
    told = page.get_by_role("row").filter(has_text="can I use the logo?")
    expect(told).to_contain_text("someone unnamed")
    expect(told).to_contain_text("terminal")
    page.get_by_text("What the asker reads").click()
    expect(page.get_by_text("It now says: “You may use")).to_be_visible()
    page.get_by_role("button", name="Tell this person").click()
    expect(page.get_by_text("1 person was told.")).to_be_visible()
    expect(page.get_by_role("button", name="Tell")).to_have_count(0)
    page.goto(f"{policy_site.address}/policies/guidance")
    expect(page.get_by_text("You may use the logo")).to_be_visible()


def test_comms_see_whom_they_would_tell_and_of_what(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    desk = policy_site.service.desk
    case = opened(desk, ANN, "can I use the logo? ann@example.org")
    desk.casework.answer(case.ref, JANE, "No.", (Quote("guidance", "1", "Logo", ""),))
    policy_site.toy.clock.advance(hours=1)
    version = desk.policy_versions.upload("guidance", "guidance.txt", NEW, JANE)
    desk.policy_versions.put_in_force(version.id, JANE)
    page = policy_site.page(context, OLIVE, f"/desk/policies/versions/{version.id}")
    told = page.get_by_role("row").filter(has_text="can I use the logo?")
    for words in (ANN.name, "terminal", case.ref, "communications team answered you"):
        expect(told).to_contain_text(words)
    expect(told).not_to_contain_text("ann@example.org")
    assert violations(page) == []


def test_the_reading_is_shown_as_the_command_line_writes_it(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, LISTED, "keys.txt", policy="")
    row = page.get_by_role("row").filter(has_text="lend them to a visitor").last
    expect(row).to_contain_text("You must not: lend them to a visitor")
    expect(row).to_contain_text("1.1(a) Keys")
    shown = page.locator(".reading-preview").inner_text()
    assert violations(page) == []
    page.set_content(preview_page(read(LISTED, "keys.txt"), "keys.txt"))
    assert page.locator(".reading-preview").inner_text() == shown


def test_a_new_policy_can_be_tried_with_last_months_questions(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, b"Keys policy\n\n1. Keys\n\nReturn your keys.\n", "keys.txt", policy="")
    expect(page.get_by_text("This policy is new")).to_be_visible()
    page.get_by_role("link", name="Try last month’s questions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Last month’s questions")


def test_going_back_to_an_earlier_version_after_a_replay(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    """The whole loop: two versions, the second tried and put in force, then the first again."""
    policy_site.service.conversation.ask(incoming(text="training section 2?"))
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, NEW)
    page.get_by_role("button", name="Put in force").click()
    refresh(policy_site)
    page.goto(f"{policy_site.address}/desk/policies")
    upload(page, NEW.partition(b"2. Training")[0])
    expect(page.get_by_role("article").filter(has_text="removed")).to_contain_text("2, Training")
    page.get_by_role("link", name="Try last month’s questions").click()
    changed = page.get_by_role("row").filter(has_text="training section 2?")
    expect(changed.get_by_role("cell").first).to_contain_text("section 2, Training")
    assert violations(page) == []
    page.get_by_role("link", name="Back to version 2").click()
    policy_site.toy.clock.advance(minutes=1)
    page.get_by_role("button", name="Put in force").click()
    refresh(policy_site)
    page.goto(f"{policy_site.address}/policies/guidance")
    expect(page.get_by_text("Training is needed")).to_have_count(0)
    page.goto(f"{policy_site.address}/desk/policies")
    row = page.get_by_role("row").filter(has_text="Social media guidance")
    expect(row).to_contain_text("version 2 in force")
    row.get_by_role("link", name="version 1").click()
    policy_site.toy.clock.advance(minutes=1)
    page.get_by_role("button", name="Put in force").click()
    refresh(policy_site)
    expect(page.get_by_role("heading", level=1)).to_contain_text("version 1 in force")
    page.goto(f"{policy_site.address}/policies/guidance")
    expect(page.get_by_text("Training is needed")).to_be_visible()


def test_going_back_to_the_file_in_the_folder(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, NEW)
    page.get_by_role("button", name="Put in force").click()
    refresh(policy_site)
    page.goto(f"{policy_site.address}/desk/policies")
    expect(page.get_by_text("nobody is told")).to_contain_text("upload the new version here")
    assert violations(page) == []
    page.get_by_role("button", name="Use the file in the folder again").click()
    refresh(policy_site)
    page.goto(f"{policy_site.address}/policies/guidance")
    expect(page.get_by_text("Never use the logo")).to_be_visible()


def test_a_version_is_planned_for_a_day_and_the_plan_cancelled(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, NEW)
    page.get_by_label("From (empty for now)").fill("2099-03-01")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("from 1 March 2099")
    page.get_by_role("button", name="Cancel", exact=True).click()
    expect(page.get_by_text("the file in the folder of policies", exact=True)).to_be_visible()


def test_details_replace_what_the_document_says(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, NEW)
    page.get_by_label("Title (empty").fill("Logo rules")
    page.get_by_label("Review by").fill("2099-01-01")
    page.get_by_label("councillor").check()
    page.get_by_role("button", name="Save details").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Logo rules")
    expect(page.get_by_label("councillor")).to_be_checked()
    expect(page.get_by_text("for councillor").first).to_be_visible()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "Choose a file"),
        ("scan.exe", b"MZ\x00\x01", "scan.exe"),
        ("broken.docx", b"PK\x03\x04 nothing", "broken.docx"),
        ("broken.pdf", b"%PDF-1.7 nothing", "broken.pdf"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_clear_sentence(
    policy_site: DeskSite, context: BrowserContext, name: str, content: bytes, said: str
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, content, name)
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert policy_site.service.desk.policy_versions.listed() == ()


def test_only_an_owner_uploads(policy_site: DeskSite, context: BrowserContext) -> None:
    desk = policy_site.service.desk
    version = desk.policy_versions.upload("guidance", "guidance.txt", NEW, JANE)
    page = policy_site.page(context, RITA, "/desk/policies")
    expect(page.get_by_role("button", name="Upload")).to_have_count(0)
    page.goto(f"{policy_site.address}/desk/policies/versions/{version.id}")
    expect(page.get_by_role("button", name="Put in force")).to_have_count(0)
    assert page.get_by_role("heading", name="How it was read").is_visible()


def test_a_large_file_is_taken_from_an_owner(
    policy_site: DeskSite, context: BrowserContext
) -> None:
    page = policy_site.page(context, OLIVE, "/desk/policies")
    upload(page, TEXT.encode() + b"\n" + b" " * 1_500_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("version 1")
