"""The chat without a script: its forms."""

import re

from desk.model.case import Naming, PersonalData, Quote
from desk.model.preferences import Preferences
from knowledge.policy import Role
from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED, UNSURE
from tests.handlers.web.chat_site import ANN, Site, delivered, of_kind
from tests.handlers.web.wait import until
from tests.toy import TRAINING


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


def test_a_welsh_sentence_is_marked_as_welsh(running: Site) -> None:
    running.visitor("Ann").ask("A gaf i ddefnyddio logo'r cyngor ar fy mlog personol i?")
    _, html = running.visitor("Ann").get("/")
    assert '<div lang="cy"><p class="lead said">Diolch am eich cwestiwn.' in html


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
    assert "Corrected answer" in page.entries[-1].text
    assert len(page.entries) == 3


def test_a_remark_with_the_feedback_is_stored(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    ann.send(ann.form("/feedback"), verdict="helpful")
    ann.send(ann.form("/feedback"), remark="very clear")
    (said,) = running.service.desk.privacy.export(ANN.key, JANE).feedback
    assert (said.verdict, said.remark) == ("helpful", "very clear")


def test_what_never_reached_comms_is_asked_again_in_the_new_words(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    ann.send(ann.form("/edit"), text=UNSURE)
    page = delivered(running)
    assert [entry.kind.split()[1] for entry in page.entries] == [
        "asked", "reply", "asked", "receipt",
    ]  # fmt: skip


def test_a_case_can_be_added_to_and_withdrawn_only_from_its_last_message(running: Site) -> None:
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


def test_what_is_erased_by_the_name_on_the_page_is_gone_from_it(running: Site) -> None:
    running.visitor("Ann").ask(COVERED)
    _, html = running.visitor("Ann").get("/")
    key = html.split("<code>")[1].split("</code>")[0]
    running.service.desk.privacy.erase(key, JANE)
    assert running.visitor("Ann").page().entries == []


def test_an_example_is_asked_in_its_role_and_with_the_privacy_chosen_before(
    running: Site,
) -> None:
    """A form that left out the choice would undo it."""
    chosen = Preferences(Role.STAFF, Naming.UNNAMED, PersonalData.KEPT)
    running.service.desk.preferences.choose(ANN, chosen)
    ann = running.visitor("Ann")
    example = next(form for form in ann.page().forms if form.fields.get("role") == "councillor")
    ann.send(example, text=example.buttons[0].value)
    after = running.service.desk.preferences.read(ANN)
    assert after == Preferences(Role.COUNCILLOR, Naming.UNNAMED, PersonalData.KEPT)
    (case,) = running.service.desk.casework.listed()
    assert case.askers[0].person.name == ""


def test_what_was_said_stands_under_its_day(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    running.toy.clock.advance(days=1)
    ann.ask(COVERED)
    _, html = ann.get("/")
    assert re.findall(r'<h2 class="day"[^>]*>([^<]+)<', html) == ["Yesterday", "Today"]


def test_a_page_that_has_everything_is_sent_nothing(running: Site) -> None:
    ann = running.visitor("Ann")
    ann.ask(COVERED)
    number = re.search(r'data-number="(\d+)"', ann.get("/conversation")[1])
    assert number
    assert ann.get(f"/conversation?seen={number[1]}") == (204, "")
    ann.ask(COVERED)
    assert ann.get(f"/conversation?seen={number[1]}")[0] == 200
