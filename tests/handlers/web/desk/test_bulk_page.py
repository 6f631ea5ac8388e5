"""Several cases at once, from the queue."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Status
from tests.browser.accessibility import violations
from tests.desk.council import ANN, BOB, JANE, OMAR, opened
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import DeskSite


@pytest.fixture
def chosen(careful_site: DeskSite) -> list[str]:
    """Three cases, as the queue's boxes name them."""
    desk = careful_site.service.desk
    found = [opened(desk, who, text) for who, text in ((ANN, "A?"), (BOB, "B?"), (ANN, "C?"))]
    return [f"{case.ref}@{case.version}" for case in found]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_cases_are_chosen_answered_alike_and_undone(
    careful_site: DeskSite, chosen: list[str], context: BrowserContext
) -> None:
    assert chosen
    page = careful_site.page(context, JANE)
    press(page, "Answer the chosen cases alike")
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one case.")
    page.get_by_label("All", exact=True).check()
    page.get_by_label("Choose C-2").uncheck()
    press(page, "Answer the chosen cases alike")
    expect(page.get_by_role("heading", name="Answer 2 cases")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Your answer").fill("Ask HR.")
    page.get_by_role("button", name="Insert the quote from section 4(c), Purdah").click()
    careful_site.service.desk.casework.claim("C-3", OMAR)
    press(page, "Send the answer to all")
    expect(page.get_by_text("Sent to 1 person about 1 case")).to_be_visible()
    expect(page.get_by_text("C-3 has changed since you opened it.")).to_be_visible()
    assert violations(page) == []
    case = careful_site.service.desk.casework.show("C-1")
    assert [quote.section for quote in case.answers[0].cited] == ["4(c)"]
    press(page, "Undo")
    expect(page.get_by_text("The answer to 1 case was undone")).to_be_visible()
    assert careful_site.service.desk.casework.show("C-1").status is Status.CLAIMED


def test_a_form_that_is_sent_twice_answers_once(careful_site: DeskSite, chosen: list[str]) -> None:
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    for _ in range(2):
        done = jane.post("/desk/bulk/answer", case=chosen, text="Ask HR.")
        assert done.status == 200
        assert "Sent to 3 people about 3 cases" in done.text
        assert "Nothing was done" not in done.text
    casework = careful_site.service.desk.casework
    assert [len(casework.show(f"C-{number}").answers) for number in (1, 2, 3)] == [1, 1, 1]


def test_cases_are_closed_with_one_reason(careful_site: DeskSite, chosen: list[str]) -> None:
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    page = jane.post("/desk/bulk?sort=opened", case=chosen[:2], act="close")
    assert "Close 2 cases" in page.text
    assert 'action="/desk/bulk/close?sort=opened"' in page.text
    refused = jane.post("/desk/bulk/close", case=chosen[:2], reason=" ")
    assert refused.status == 409
    assert "A reason needs words" in refused.text
    closed = jane.post("/desk/bulk/close", case=chosen[:2], reason="Asked by mistake.")
    assert "Closed 2 cases" in closed.text
    casework = careful_site.service.desk.casework
    assert [casework.show(f"C-{number}").status for number in (1, 2, 3)] == [
        Status.CLOSED,
        Status.CLOSED,
        Status.OPEN,
    ]


@pytest.mark.parametrize(("step", "field"), [("answer", "text"), ("close", "reason")])
def test_what_was_written_for_refused_cases_is_still_shown(
    careful_site: DeskSite, chosen: list[str], step: str, field: str
) -> None:
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    for number in (1, 2, 3):
        careful_site.service.desk.casework.claim(f"C-{number}", OMAR)
    refused = jane.post(f"/desk/bulk/{step}", case=chosen, **{field: "Long & careful."})
    assert "Nothing was done for these cases" in refused.text
    assert "readonly>Long &amp; careful.</textarea>" in refused.text


def test_what_is_no_choice_is_one_sentence(careful_site: DeskSite, chosen: list[str]) -> None:
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    none = jane.post("/desk/bulk?text=x", act="close")
    assert none.headers["Location"] == "/desk?text=x&chosen=none"
    assert jane.post("/desk/bulk/answer", text="x").status == 409
    strange = ["C-99@1", "nonsense", "@", f"{chosen[0]}9", "C-1@" + "9" * 30]
    done = jane.post("/desk/bulk/answer", case=strange, text="Ask HR.")
    assert done.status == 200
    assert "Sent to" not in done.text
    many = jane.post("/desk/bulk/answer", case=[f"C-{n}@1" for n in range(101)], text="x")
    assert many.status == 409
    assert "Choose at most 100 cases at once. You chose 101." in many.text
    inserted = jane.post("/desk/bulk/insert", case=chosen, text="Hello.", insert="closest:0")
    assert "Hello.\n“You must not post during purdah.” (section 4(c), Purdah)" in inserted.text
