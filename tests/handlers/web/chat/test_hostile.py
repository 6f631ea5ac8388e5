"""What somebody could send to the chat who does not use its pages."""

import pytest

from desk.model.text import LONGEST_REMARK
from handlers.web.chat.actions import LONGEST_TEXT
from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED, UNSURE
from tests.handlers.web.chat_site import Site, delivered, of_kind


def test_what_somebody_typed_comes_back_as_text_and_never_as_markup(running: Site) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> training meeting"
    running.visitor("Ann").ask(hostile)
    _, html = running.visitor("Ann").get("/")
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_what_comms_write_comes_as_text_and_never_as_markup(running: Site) -> None:
    running.visitor("Ann").ask(UNSURE)
    running.service.desk.casework.answer("C-1", JANE, "<b onclick=alert(1)>Yes</b>")
    assert of_kind(delivered(running), "answer")
    _, html = running.visitor("Ann").get("/")
    assert "<b onclick" not in html


def test_nothing_asked_is_answered_as_such(running: Site) -> None:
    page = running.visitor("Ann").ask("   ")
    assert [entry.kind.split()[1] for entry in page.entries] == ["reply"]
    assert "There was no question" in page.entries[0].text


def test_a_question_that_is_too_long_for_the_bot_is_told_so(running: Site) -> None:
    page = running.visitor("Ann").ask("a" * LONGEST_TEXT)
    assert "longer than I read" in page.entries[-1].text
    assert len(page.entries[0].text) < 3000


def test_what_is_longer_than_its_box_is_not_stored_and_comes_back_to_be_shortened(
    running: Site,
) -> None:
    ann = running.visitor("Ann")
    ann.ask(UNSURE)
    before = delivered(running).entries
    for action in ("/ask", "/edit", "/add"):
        status, html = ann.send(ann.form(action), text="long " * LONGEST_TEXT)
        assert status == 409
        assert "write at most 20,000 characters" in html
        assert "long long long</textarea>" in html
    ann.ask(COVERED)
    status, html = ann.send(
        ann.form("/feedback"), verdict="helpful", remark="a" * (LONGEST_REMARK + 1)
    )
    assert (status, f"write at most {LONGEST_REMARK:,} characters" in html) == (409, True)
    assert len(ann.page().entries) == len(before) + 2
    assert len(running.service.desk.casework.show("C-1").events) == 1


def test_a_refusal_repeats_little_of_what_was_sent(running: Site) -> None:
    running.visitor("Ann").post("/withdraw", ref="C" * 10_000)
    assert len(running.visitor("Ann").page().entries[-1].text) < 500


def test_a_zero_byte_is_left_out(running: Site) -> None:
    page = running.visitor("Ann").ask("may I have the lo\0go on my blog")
    assert "\0" not in page.entries[0].text
    assert "Avoid use of the council logo" in page.entries[1].text


def test_a_form_that_is_longer_than_any_question_is_refused(running: Site) -> None:
    form = running.visitor("Ann").question_form()
    status, html = running.visitor("Ann").send(form, text="a" * 300_000)
    assert status == 413
    assert "too long" in html


@pytest.mark.parametrize("field", ["role", "question"])
def test_a_field_that_no_page_sends_is_refused_in_a_sentence(running: Site, field: str) -> None:
    ann = running.visitor("Ann")
    if field == "role":
        ann.post("/ask", text=COVERED, role="king")
    else:
        ann.post("/feedback", question="one", verdict="helpful")
    page = ann.page()
    assert [entry.kind.split()[1] for entry in page.entries] == ["told"]


def test_nobody_reaches_the_case_or_the_question_of_another(running: Site) -> None:
    running.visitor("Ann").ask(UNSURE)
    page, bob = delivered(running), running.visitor("Bob")
    change = next(form for form in page.entries[0].forms if form.action == "/edit")
    forged = {"message": change.fields["message"], "text": "Bob was here", "ref": "C-1"}
    for action in ("/edit", "/withdraw-question", "/withdraw", "/add"):
        bob.post(action, **forged)
    for action in ("/feedback", "/ask-comms", "/complain"):
        bob.post(action, question="1", verdict="helpful")
    assert {entry.kind.split()[1] for entry in bob.page().entries} == {"told"}
    assert len(bob.page().entries) == 7
    (case,) = running.service.desk.casework.listed()
    assert case.question == UNSURE
    assert len(case.askers) == 1
    assert "Bob was here" not in repr(case)


def test_the_page_of_one_shows_nothing_of_another(running: Site) -> None:
    running.visitor("Ann").ask(COVERED)
    assert running.visitor("Bob").page().entries == []


def test_a_form_without_the_token_of_its_page_does_nothing(running: Site) -> None:
    ann = running.visitor("Ann")
    form = ann.question_form()
    form.fields |= {"csrf_token": "guessed"}
    status, _ = ann.send(form, text=COVERED)
    assert status == 403
    assert ann.page().entries == []
