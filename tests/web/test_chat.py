"""The chat without a script: its forms, and what a person could do to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.case import Naming, PersonalData, Quote
from desk.preference import Preferences
from handlers.web_address import contact_of
from knowledge.policy import Role
from tests.desk.office import JANE
from tests.toy import TRAINING
from tests.toy_service import Toy, in_folder
from tests.web.patience import until
from tests.web.reading import Entry, Page
from tests.web.serving import Site, person_of, site

UNSURE = "training meeting"
COVERED = "may I have the logo on my blog"
ANN = person_of("Ann")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Site]:
    with site(Toy(in_folder(tmp_path))) as running:
        yield running


def delivered(running: Site) -> Page:
    waits = running.service.desk.delivery.waits
    until(lambda: not waits(contact_of(ANN)))
    return running.visitor("Ann").page()


def of_kind(page: Page, kind: str) -> list[Entry]:
    return [entry for entry in page.entries if kind in entry.kind.split()]


def test_a_question_and_its_answer_stand_on_the_page_one_comes_back_to(running: Site) -> None:
    page = running.visitor("Ann").ask(COVERED)
    assert [entry.kind.split()[1] for entry in page.entries] == ["asked", "reply"]
    again = running.visitor("Ann").page()
    assert [entry.text for entry in again.entries] == [entry.text for entry in page.entries]


def test_a_form_that_is_sent_twice_asks_once(running: Site) -> None:
    ann = running.visitor("Ann")
    form = ann.question_form()
    for _ in range(2):
        ann.send(form, text=UNSURE)
    page = delivered(running)
    assert len(of_kind(page, "asked")) == 1
    assert len(of_kind(page, "receipt")) == 1
    assert len(running.service.desk.casework.listed()) == 1


def test_other_words_from_the_same_form_are_another_question(running: Site) -> None:
    ann = running.visitor("Ann")
    form = ann.question_form()
    ann.send(form, text=UNSURE)
    ann.send(form, text=COVERED)
    assert len(of_kind(delivered(running), "asked")) == 2


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


def test_a_message_of_sixty_thousand_characters_is_told_that_it_is_too_long(running: Site) -> None:
    page = running.visitor("Ann").ask("a" * 60_000)
    assert "longer than I read" in page.entries[-1].text
    assert len(page.entries[0].text) < 3000


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
        ann.post("/judge", question="one", verdict="helpful")
    page = ann.page()
    assert [entry.kind.split()[1] for entry in page.entries] == ["told"]


def test_nobody_reaches_the_case_or_the_question_of_another(running: Site) -> None:
    running.visitor("Ann").ask(UNSURE)
    page, bob = delivered(running), running.visitor("Bob")
    change = next(form for form in page.entries[0].forms if form.action == "/change")
    forged = {"message": change.fields["message"], "text": "Bob was here", "ref": "C-1"}
    for action in ("/change", "/take-back", "/withdraw", "/add"):
        bob.post(action, **forged)
    for action in ("/judge", "/ask-comms", "/complain"):
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


def test_role_and_privacy_are_kept_for_the_next_question(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED, role="manager", unnamed="yes", keep="yes")
    chosen = Preferences(Role.MANAGER, Naming.UNNAMED, PersonalData.KEPT)
    assert running.service.desk.preferences.read(ANN) == chosen
    _, html = ann.get("/")
    assert "<option selected>manager</option>" in html
    assert html.count("checked>") == 2


def test_personal_data_reaches_comms_only_by_choice(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(f"{UNSURE} for ann@example.org")
    ann.ask(f"{UNSURE} for bob@example.org", keep="yes")
    ann.post("/add", ref="C-1", text="or eve@example.org")
    first, second = (repr(running.service.desk.casework.show(ref)) for ref in ("C-1", "C-2"))
    assert "ann@example.org" not in first
    assert "bob@example.org" in second
    assert "eve@example.org" in first, "what they chose last holds for what they add"


def test_a_correction_takes_the_place_of_the_answer_and_says_so(running: Site) -> None:
    running.visitor("Ann").ask(UNSURE)
    cited = Quote("toy", "2(a)", "Employees", TRAINING.text)
    running.service.desk.casework.answer("C-1", JANE, "Yes.", (cited,))
    before = delivered(running).entries[-1]
    running.service.desk.casework.correct("C-1", JANE, "No.", (cited,))
    until(lambda: "No." in running.visitor("Ann").page().entries[-1].text)
    page = running.visitor("Ann").page()
    assert page.entries[-1].id == before.id
    assert "Corrected: this takes the place" in page.entries[-1].text
    assert len(page.entries) == 3


def test_a_word_with_the_verdict_reaches_the_report(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    ann.send(ann.form("/judge"), verdict="helpful")
    ann.send(ann.form("/judge"), word="very clear")
    (said,) = running.service.desk.privacy.export(ANN.key, JANE).feedback
    assert (said.verdict, said.word) == ("helpful", "very clear")


def test_what_never_reached_comms_is_asked_again_in_the_new_words(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    ann.send(ann.form("/change"), text=UNSURE)
    page = delivered(running)
    assert [entry.kind.split()[1] for entry in page.entries] == [
        "asked", "reply", "asked", "receipt",
    ]  # fmt: skip


def test_a_case_can_be_added_to_and_withdrawn_only_where_it_stands_last(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(UNSURE)
    ann.send(ann.form("/add"), text="It is on Friday.")
    page = delivered(running)
    actions = [{form.action for form in entry.forms} for entry in of_kind(page, "receipt")]
    assert ["/withdraw" in each for each in actions] == [False, True]
    ann.send(ann.form("/withdraw"))
    assert {form.action for form in ann.page().forms} & {"/withdraw", "/add"} == set()


def test_a_choice_that_clarifies_is_asked_by_its_button(running: Site) -> None:
    ann = running.visitor("Ann")
    page = ann.ask("what about it")
    forms = [form for form in page.entries[-1].forms if form.action == "/ask"]
    assert forms
    ann.send(forms[0], text=forms[0].buttons[0].value)
    assert len(of_kind(delivered(running), "asked")) == 2


def test_what_is_erased_is_gone_from_the_page(running: Site) -> None:
    running.visitor("Ann").ask(COVERED)
    running.service.desk.privacy.erase(ANN.key, JANE)
    assert running.visitor("Ann").page().entries == []
