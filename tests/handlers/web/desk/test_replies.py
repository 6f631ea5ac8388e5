"""The page of saved replies."""

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.accessibility import violations
from tests.desk.council import JANE, OMAR
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import RITA, DeskSite


@pytest.fixture
def jane(site: DeskSite) -> Colleague:
    return Colleague(site.address, site.secret(JANE))


def saved(site: DeskSite) -> list[tuple[str, str]]:
    return [(each.title, each.text) for each in site.service.desk.saved_replies.listed()]


def test_an_answer_is_saved_edited_inserted_and_deleted(
    site: DeskSite, context: BrowserContext
) -> None:
    site.case()
    site.service.desk.casework.answer("C-1", JANE, "HR run both.")
    page = site.page(context, JANE, "/desk/cases/C-1")
    page.get_by_text("Save as a reply").click()
    page.get_by_label("Title").fill("Who runs it")
    page.get_by_role("button", name="Save the reply").click()
    page.get_by_role("link", name="Saved replies", exact=True).first.click()
    expect(page.get_by_role("heading", name="Who runs it")).to_be_visible()
    page.get_by_text("Edit or delete").click()
    page.get_by_role("form", name="Edit Who runs it").get_by_label("Text").fill("HR do.")
    assert violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    assert saved(site) == [("Who runs it", "HR do.")]

    site.case("who runs the training for the meeting?")
    page.goto(f"{site.address}/desk/cases/C-2")
    page.get_by_text("Saved replies and published answers (1)").click()
    page.get_by_role("button", name="Insert Who runs it").click()
    expect(page.get_by_label("Your answer")).to_have_value("HR do.\n")

    page.goto(f"{site.address}/desk/replies")
    page.get_by_text("Edit or delete").click()
    page.get_by_role("button", name="Delete Who runs it").click()
    expect(page.get_by_text("There are none yet.")).to_be_visible()


def test_who_edits_second_is_refused_and_keeps_their_words(site: DeskSite, jane: Colleague) -> None:
    jane.post("/desk/replies", title="Purdah", text="Wait.")
    (seen,) = site.service.desk.saved_replies.listed()
    site.toy.clock.advance(minutes=1)
    site.service.desk.saved_replies.edit(seen.id, OMAR, "Purdah", "Omar's.")
    path, since = f"/desk/replies/{seen.id}/edit", seen.edited_at.isoformat()
    refused = jane.post(path, title="Purdah", text="Jane's.", edited_at=since)
    assert refused.status == 409
    assert "R-1 was edited since you opened it" in refused.text
    assert "Jane&#39;s.</textarea>" in refused.text
    assert saved(site) == [("Purdah", "Omar's.")]


def test_bad_replies_are_refused_with_one_sentence(site: DeskSite, jane: Colleague) -> None:
    for path, fields, sentence in (
        ("", {"title": "x", "text": " "}, "A saved reply needs words"),
        ("", {"title": "x" * 201, "text": "x"}, "at most 200 characters"),
        ("/99/edit", {"title": "x", "text": "x", "edited_at": "x"}, "too old"),
        ("/99/delete", {}, "no such saved reply"),
        ("/x/delete", {}, "no such saved reply"),
        (f"/{'9' * 40}/delete", {}, "no such saved reply"),
    ):
        refused = jane.post(f"/desk/replies{path}", **fields)
        assert (refused.status, sentence in refused.text) == (409, True), path
    assert saved(site) == []


def test_a_reader_reads_the_replies(site: DeskSite, jane: Colleague) -> None:
    jane.post("/desk/replies", title="Purdah", text="Wait.")
    page = Colleague(site.address, site.secret(RITA)).get("/desk/replies").text
    assert "Purdah" in page
    assert "Add a reply" not in page
