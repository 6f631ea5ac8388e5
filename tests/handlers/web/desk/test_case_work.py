"""What comms do around an answer: insert texts, undo it, write notes, assign the case."""

import html
import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from desk.model.case import Status
from desk.model.question import Escalation
from desk.services.desk import Desk
from handlers.conversation.escalation import PUBLISHED_AS
from knowledge.reason import Reason
from tests.browser.accessibility import violations
from tests.desk.council import ANN, BOB, JANE, OMAR, accepted, event, followed_up, incoming
from tests.handlers.web.colleague import Answered, Colleague
from tests.handlers.web.desk_site import RITA, UNSURE, DeskSite

QUOTE = "“Not post without training.” (section 2(a), Employees)"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def answer_box(page: Answered) -> str:
    found = re.search(r'<textarea[^>]* id="text"[^>]*>(.*?)</textarea>', page.text, re.DOTALL)
    assert found is not None, page.text
    return html.unescape(found[1])


def ticked(page: Answered) -> list[str]:
    boxes = re.findall(r'name="cite" value="([^"]*)" checked', page.text)
    return list(map(html.unescape, boxes))


@pytest.fixture
def jane(site: DeskSite) -> Colleague:
    return Colleague(site.address, site.secret(JANE))


def since(site: DeskSite, ref: str = "C-1") -> str:
    return str(site.service.desk.casework.show(ref).version)


def test_one_click_sends_nothing_that_nobody_wrote(site: DeskSite, jane: Colleague) -> None:
    case = site.case()
    assert case.draft, "the bot has a draft"
    page = jane.get("/desk/cases/C-1")
    assert answer_box(page) == ""
    assert ticked(page) == []
    sent = jane.post("/desk/cases/C-1/answer", since=since(site), text=answer_box(page))
    assert sent.status == 409
    assert "An answer needs words" in sent.text
    assert site.service.desk.casework.show("C-1").status is Status.OPEN


def test_texts_are_inserted_without_a_script_too(site: DeskSite, jane: Colleague) -> None:
    site.case()
    reply = site.service.desk.saved_replies.add(OMAR, "Ask HR", "Please <ask> HR.")
    first = jane.post(
        "/desk/cases/C-1/insert", since=since(site), text="Hello.", insert="closest:0"
    )
    assert first.status == 200
    assert answer_box(first) == f"Hello.\n{QUOTE}\n"
    assert ticked(first) == ["closest:0"]
    again = jane.post(
        "/desk/cases/C-1/insert",
        since=since(site),
        text=answer_box(first),
        cite=["closest:0"],
        insert=f"reply:{reply.id}",
    )
    assert answer_box(again) == f"Hello.\n{QUOTE}\nPlease <ask> HR.\n"
    assert ticked(again) == ["closest:0"]
    nothing = jane.post("/desk/cases/C-1/insert", since=since(site), text="x", insert="closest:99")
    assert answer_box(nothing) == "x"
    assert site.service.desk.casework.show("C-1").events[-1].step == "opened"


def test_what_was_published_before_is_offered_and_not_filled_in(
    site: DeskSite, jane: Colleague
) -> None:
    desk = site.service.desk
    number = accepted(desk, incoming(text=UNSURE))
    said = (("P-1", "HR do.\nAsk them."), ("P-12", "Published as a poster: no."))
    draft = "\n".join(PUBLISHED_AS.format(ref=ref, text=text) for ref, text in said)
    desk.escalations.hand_over(Escalation(number, Reason.NEAR_MISS, draft=draft))
    page = jane.get("/desk/cases/C-1")
    assert answer_box(page) == ""
    assert "Published before as P-12" in page.text
    for ref, text in said:
        inserted = jane.post("/desk/cases/C-1/insert", since=since(site), text="", insert=ref)
        assert answer_box(inserted) == f"{text}\n"


def test_an_answer_is_undone_and_its_words_are_back_in_the_box(
    careful_site: DeskSite, context: BrowserContext
) -> None:
    careful_site.service.conversation.ask(incoming(BOB, UNSURE))
    careful_site.case()
    page = careful_site.page(context, JANE, "/desk/cases/C-1")
    page.get_by_label("Your answer").fill("HR run bith.")
    page.get_by_label("section 2(a), Employees “Not post").check()
    press(page, "Send the answer")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Sent to 2 people")
    expect(told).to_contain_text("You can undo this for")
    assert violations(page) == []
    press(page, "Undo")
    expect(page.get_by_role("heading", name="C-1 claimed")).to_be_visible()
    box = page.get_by_label("Your answer")
    expect(box).to_have_value("HR run bith.")
    expect(page.get_by_label("section 2(a), Employees “Not post")).to_be_checked()
    box.fill("HR run both.")
    press(page, "Send the answer")
    careful_site.toy.clock.advance(seconds=31)
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Sent to 2 people")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    careful_site.toy.clock.advance(minutes=5)
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    answers = careful_site.service.desk.casework.show("C-1").answers
    assert [each.text for each in answers] == ["HR run both."]


def test_who_undoes_too_late_is_told_to_correct_it(careful_site: DeskSite) -> None:
    careful_site.case()
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    jane.post("/desk/cases/C-1/answer", since=since(careful_site), text="HR do.")
    answered = since(careful_site)
    careful_site.service.desk.casework.close("C-1", OMAR)
    refused = jane.post("/desk/cases/C-1/undo", since=answered)
    assert refused.status == 409
    assert "has changed since it was answered. Correct the answer instead." in refused.text


def test_a_double_click_on_send_is_one_answer_and_no_refusal(
    site: DeskSite, jane: Colleague
) -> None:
    site.case()
    seen = since(site)
    for _ in range(2):
        sent = jane.post("/desk/cases/C-1/answer", since=seen, text="HR do.")
        assert sent.status == 303
    assert len(site.service.desk.casework.show("C-1").answers) == 1


def mentions(desk: Desk) -> list[str]:
    return [note.text for note in desk.case_notes.mentions(OMAR)]


def test_a_note_mentions_a_colleague_who_sees_it_at_the_desk(
    site: DeskSite, jane: Colleague
) -> None:
    site.case()
    omar = Colleague(site.address, site.secret(OMAR))
    added = jane.post("/desk/cases/C-1/notes", note="Is <b>this</b> yours?", to="Omar Khan")
    assert (added.status, added.headers["Location"]) == (303, "/desk/cases/C-1#notes")
    queue = omar.get("/desk").text
    assert "Mentions you" in queue
    assert "Is &lt;b&gt;this&lt;/b&gt; yours?" in queue
    assert "Mentions you" not in jane.get("/desk").text
    assert "Is &lt;b&gt;this" in omar.get("/desk/cases/C-1").text
    (note,) = site.service.desk.case_notes.of_case("C-1")
    assert omar.post("/desk/mentions", note=str(note.id)).status == 303
    assert mentions(site.service.desk) == []
    assert jane.post("/desk/cases/C-1/notes/delete", note_id=str(note.id)).status == 303
    assert site.service.desk.case_notes.of_case("C-1") == ()


def test_a_refused_note_keeps_its_words(site: DeskSite, jane: Colleague) -> None:
    site.case()
    refused = jane.post("/desk/cases/C-1/notes", note="For the late shift", to="Nobody Here")
    assert refused.status == 409
    assert "No colleague is called" in refused.text
    assert "For the late shift</textarea>" in refused.text
    assert "Meanwhile" not in refused.text
    assert jane.post("/desk/cases/C-1/notes", note="x" * 4_001).status == 409


def test_an_asker_sees_no_note(site: DeskSite, context: BrowserContext, jane: Colleague) -> None:
    asking = context.new_page()
    asking.goto(site.address)
    asking.get_by_label("Your question").fill(UNSURE)
    press(asking, "Ask")
    expect(asking.get_by_text("Your reference is C-1")).to_be_visible()
    jane.post("/desk/cases/C-1/notes", note="Between ourselves.")
    jane.post("/desk/cases/C-1/answer", since=since(site), text="HR do.")
    expect(asking.get_by_text("Jane Smith answers (C-1):")).to_be_visible()
    asking.reload()
    expect(asking.get_by_text("Jane Smith answers (C-1):")).to_be_visible()
    assert "Between ourselves." not in asking.content()


def test_a_case_is_assigned_to_a_colleague(site: DeskSite, context: BrowserContext) -> None:
    site.case()
    site.secret(OMAR)
    page = site.page(context, JANE, "/desk/cases/C-1")
    page.get_by_label("Colleague").select_option("Omar Khan")
    press(page, "Assign")
    expect(page.get_by_text("With Omar Khan.")).to_be_visible()
    expect(page.get_by_text("Jane Smith assigned this to Omar Khan")).to_be_visible()


def test_what_is_written_stays_while_another_form_of_the_page_is_sent(
    site: DeskSite, context: BrowserContext
) -> None:
    site.case()
    page = site.page(context, JANE, "/desk/cases/C-1")
    page.get_by_label("Your answer").fill("Half an answer")
    page.get_by_label("New note").fill("Waiting for Legal.")
    press(page, "Add the note")
    expect(page.get_by_text("Waiting for Legal.")).to_be_visible()
    expect(page.get_by_label("Your answer")).to_have_value("Half an answer")
    press(page, "Send the answer")
    expect(page.get_by_role("heading", name="C-1 answered")).to_be_visible()
    site.service.desk.case_edits.follow_up(event(ANN), "C-1", "And on Sunday?")
    page.reload()
    expect(page.get_by_role("heading", name="C-1 reopened")).to_be_visible()


def test_a_reader_can_do_none_of_it(site: DeskSite) -> None:
    site.case()
    rita = Colleague(site.address, site.secret(RITA))
    for step in ("insert", "undo", "assign", "notes", "notes/delete", "save-reply"):
        assert rita.post(f"/desk/cases/C-1/{step}", note="x", to="Omar Khan").status == 403
    for path in ("/desk/mentions", "/desk/replies", "/desk/replies/1/edit", "/desk/bulk"):
        assert rita.post(path, note="1", title="x", text="x", case="C-1@1").status == 403
    page = rita.get("/desk/cases/C-1").text
    assert "Closest clauses" in page
    assert "Insert" not in page
    assert 'type="checkbox" name="case"' not in rita.get("/desk").text


def test_a_preview_tells_what_happened_since_the_form_was_loaded(
    site: DeskSite, jane: Colleague
) -> None:
    site.case()
    seen = since(site)
    assert "has changed" not in jane.post("/desk/cases/C-1/preview", since=seen, text="HR.").text
    followed_up(site.service.desk, "C-1", ANN, "In my own time, I mean.")
    for step in ("preview", "insert"):
        shown = jane.post(f"/desk/cases/C-1/{step}", since=seen, text="HR do.")
        assert shown.status == 200
        assert "C-1 has changed since you opened it." in shown.text
        assert "In my own time, I mean." in shown.text.split("Meanwhile:")[1][:300]
        assert answer_box(shown) == "HR do."


def test_the_words_of_a_second_answer_come_back_when_it_is_undone(careful_site: DeskSite) -> None:
    careful_site.case()
    jane = Colleague(careful_site.address, careful_site.secret(JANE))
    jane.post("/desk/cases/C-1/answer", since=since(careful_site), text="The first.")
    careful_site.toy.clock.advance(minutes=1)
    followed_up(careful_site.service.desk, "C-1", ANN, "And on Sunday?")
    jane.post("/desk/cases/C-1/answer", since=since(careful_site), text="The second.")
    assert jane.post("/desk/cases/C-1/undo", since=since(careful_site)).status == 303
    assert answer_box(jane.get("/desk/cases/C-1")) == "The second."


def test_a_refusal_speaks_of_words_only_where_there_were_any(
    site: DeskSite, jane: Colleague
) -> None:
    site.case()
    site.secret(OMAR)
    assigned = jane.post("/desk/cases/C-1/assign", since=since(site), to="Nobody Here")
    assert assigned.status == 409
    assert "Your text is still in the form below." not in assigned.text
    noted = jane.post("/desk/cases/C-1/notes", note="For you", to="Nobody Here")
    assert "Your text is still in the form below." in noted.text
    empty = jane.post("/desk/cases/C-1/notes", note=" ", to="Omar Khan")
    assert empty.status == 409
    assert "Your text is still in the form below." not in empty.text
    assert "<option selected>Omar Khan</option>" in empty.text


def test_what_was_written_to_be_published_is_no_correction(site: DeskSite, jane: Colleague) -> None:
    site.case()
    site.service.desk.casework.answer("C-1", JANE, "HR do, Ann.")
    refused = jane.post(
        "/desk/cases/C-1/publish", since=since(site), text="HR do.", review_by="2020-01-01"
    )
    assert refused.status == 409
    assert answer_box(refused) == "HR do, Ann."
    assert ">HR do.</textarea>" in refused.text
