"""Every question with its reply at the desk, and correcting a reply."""

from playwright.sync_api import BrowserContext, expect

from desk.model.question import Accepted, Outcome, Verdict
from desk.services.asked_questions import NOT_RIGHT
from tests.browser.accessibility import violations
from tests.desk.council import ANN, JANE, accepted, incoming
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import OLIVE, RITA, UNSURE, DeskSite

LOGO = "logo on my blog"


def asked(site: DeskSite, text: str = LOGO) -> int:
    outcome = site.service.conversation.ask(incoming(text=text))
    assert isinstance(outcome, Accepted)
    return outcome.question_id


def test_a_wrong_reply_is_found_corrected_and_taught(
    site: DeskSite, context: BrowserContext
) -> None:
    wrong = asked(site)
    site.service.desk.intake.feedback(wrong, ANN, Verdict.NOT_HELPFUL, "That is wrong.")
    asked(site, "training first?")
    page = site.page(context, OLIVE, "/desk/conversations")
    expect(page.get_by_role("row")).to_have_count(3)
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.locator("html").evaluate("page => page.scrollWidth") <= 320
    page.get_by_text("More filters").click()
    page.get_by_label("Feedback").select_option("not helpful")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row")).to_have_count(2)
    assert ANN.name not in page.inner_text("main")
    page.get_by_role("link", name=LOGO).click()
    expect(page.get_by_role("blockquote").first).to_contain_text("logo")
    page.get_by_text("This was wrong").click()
    assert violations(page) == []
    page.get_by_label("The right answer").fill("Ask HR.")
    page.get_by_text("Toy guidance").last.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Send the correction").click()
    expect(page.get_by_role("alert").filter(has_text="Sent")).to_contain_text("C-1")
    assert violations(page) == []
    page.get_by_role("link", name="Teach the bot the right clause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check a proposed question")
    case = site.service.desk.casework.show("C-1")
    assert [each.text for each in case.answers] == [f"{NOT_RIGHT}\n\nAsk HR."]


def test_a_correction_that_cannot_be_sent_keeps_its_words(site: DeskSite) -> None:
    asked(site, UNSURE)
    jane = Colleague(site.address, site.secret(JANE))
    told = jane.post("/desk/conversations/Q-1/wrong", text="Ask HR & IT.")
    assert told.status == 409
    assert "as C-1" in told.text
    number = asked(site)
    told = jane.post(f"/desk/conversations/Q-{number}/wrong", text="Ask HR & IT.", cite="nowhere#1")
    assert told.status == 409
    assert "Ask HR &amp; IT.</textarea>" in told.text
    assert jane.post("/desk/conversations/Q-99/wrong", text="No.").status == 404


def test_a_sensitive_matter_is_not_shown(site: DeskSite) -> None:
    number = asked(site, "I saw fraud")
    jane = Colleague(site.address, site.secret(JANE))
    for path in ("/desk/conversations", f"/desk/conversations/Q-{number}"):
        page = jane.get(path)
        assert page.status == 200
        assert "fraud" not in page.text
    assert jane.post(f"/desk/conversations/Q-{number}/wrong", text="No.").status == 409


def test_only_those_who_answer_correct(site: DeskSite) -> None:
    number = asked(site)
    path = f"/desk/conversations/Q-{number}"
    reader = Colleague(site.address, site.secret(RITA))
    assert "This was wrong" not in reader.get(path).text
    assert reader.post(f"{path}/wrong", text="No.").status == 403
    assert Colleague(site.address).get(path).status == 403
    assert site.service.desk.casework.listed() == ()


def test_nonsense_in_the_address_filters_nothing_and_is_said(site: DeskSite) -> None:
    asked(site)
    jane = Colleague(site.address, site.secret(JANE))
    query = "outcome=x&feedback=%22&sureness=1&before=9999999999999999999&policy=%27&from=31.2."
    page = jane.get(f"/desk/conversations?{query}")
    assert page.status == 200
    assert "Write a date like" in page.text
    assert LOGO in jane.get(f"/desk/conversations?{query.replace('policy=%27', '')}").text
    assert jane.get("/desk/conversations/Q-99999999999999999999").status == 404
    assert jane.get("/desk/conversations/Q-404").status == 404


def test_older_questions_are_on_the_next_page_with_the_same_filters(site: DeskSite) -> None:
    desk = site.service.desk
    for number in range(55):
        desk.intake.finish(accepted(desk, incoming(text=f"May I {number}?")), Outcome.HELP, "")
    jane = Colleague(site.address, site.secret(JANE))
    page = jane.get("/desk/conversations?outcome=help")
    assert "May I 5?" in page.text
    assert "May I 4?" not in page.text
    assert "/desk/conversations?outcome=help&amp;before=6" in page.text
    assert "May I 4?" in jane.get("/desk/conversations?outcome=help&before=6").text


def test_a_question_that_is_too_long_to_test_has_no_button(site: DeskSite) -> None:
    jane = Colleague(site.address, site.secret(JANE))
    for words, offered in ((490, True), (510, False)):
        number = asked(site, "who " * words)
        page = jane.get(f"/desk/conversations/Q-{number}")
        assert page.status == 200
        assert ("Test it again now" in page.text) is offered
