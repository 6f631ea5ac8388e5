"""The chat as people use it, in Chromium."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from desk.model.case import Quote
from desk.services.desk import Desk
from handlers.web.chat.address import contact_of
from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED, UNSURE, ask, opened
from tests.handlers.web.chat_site import ANN, Site
from tests.handlers.web.wait import until
from tests.toy import TRAINING

# What a browser does when another tab is shown, and this one again.
SWITCH = "Object.defineProperty(document, 'hidden', {{ configurable: true, value: {hidden} }});"
SWITCH += "document.dispatchEvent(new Event('visibilitychange'));"
HIDE, SHOW = SWITCH.format(hidden="true"), SWITCH.format(hidden="false")
# What a browser on Android has: it lets no page make a notification.
ANDROID = "window.Notification = class {{ static permission = '{permission}';"
ANDROID += "constructor() {{ throw new TypeError('Illegal constructor'); }} }};"
CITED = Quote("toy", "2(a)", "Employees", TRAINING.text)


def test_a_question_is_answered_by_a_quote_with_its_section(ann: Page) -> None:
    answer = ask(ann, COVERED)
    expect(answer.get_by_role("blockquote")).to_contain_text(
        "“Avoid use of the council logo on a blog.”"
    )
    expect(answer.get_by_role("link", name="Section 1, Think twice", exact=True)).to_be_visible()
    expect(answer).to_contain_text("Toy guidance, last reviewed April 2013")
    expect(ann.get_by_label("Your question")).to_be_focused()
    expect(ann.get_by_label("Your question")).to_have_value("")


def test_the_whole_clause_opens_with_the_sentence_marked_between_its_neighbours(ann: Page) -> None:
    answer = ask(ann, COVERED)
    answer.locator("summary", has_text="Whole clause").click()
    expect(answer.locator("mark")).to_have_text("Avoid use of the council logo on a blog.")
    expect(answer.locator(".neighbour")).to_contain_text("Not post without training.")
    answer.get_by_role("link", name="Read it in the policy").click()
    expect(ann.locator(".passage.quoted mark")).to_be_in_viewport()
    assert ann.url.endswith("#1")


def test_the_answer_of_comms_arrives_while_the_page_is_open(ann: Page, replica: Desk) -> None:
    receipt = ask(ann, UNSURE)
    expect(receipt).to_contain_text("Your reference is C-1. Expect an answer by tomorrow 10:00.")
    ann.locator("summary", has_text="Add to C-1").click()
    ann.get_by_label("Details to add").fill("It is on Fri")
    ann.get_by_label("Your question").fill("half a question")
    replica.casework.answer("C-1", JANE, "Yes, book it with us.", (CITED,))
    answer = ann.locator(".entry.answer")
    expect(answer).to_contain_text("Jane Smith answers (C-1):")
    expect(answer).to_contain_text("Yes, book it with us.")
    expect(answer.locator(".by")).to_contain_text("Communications team")
    expect(ann.get_by_label("Your question")).to_have_value("half a question")
    expect(ann.get_by_label("Details to add").first).to_have_value("It is on Fri")
    answer.locator("summary", has_text="Add to C-1").click()
    answer.get_by_label("Details to add").fill("And it is")
    ann.get_by_label("Your question").focus()
    replica.casework.correct("C-1", JANE, "No, after all.", (CITED,))
    expect(ann.locator(".entry.corrected")).to_contain_text("Corrected answer")
    expect(ann.locator(".entry.answer")).to_have_count(0)
    expect(ann.get_by_label("Details to add").last).to_have_value("And it is")


def test_the_answer_is_there_when_one_comes_back(
    running: Site, context: BrowserContext, ann: Page, replica: Desk
) -> None:
    ask(ann, UNSURE)
    ann.close()
    replica.casework.answer("C-1", JANE, "Yes, book it with us.")
    again = opened(running, context)
    expect(again.locator(".entry.answer")).to_contain_text("Yes, book it with us.")


def test_an_open_page_of_the_same_person_shows_what_is_asked_in_another(
    running: Site, context: BrowserContext, ann: Page
) -> None:
    other = opened(running, context)
    ask(ann, COVERED)
    expect(other.locator(".entry.asked")).to_contain_text(COVERED)
    expect(other.get_by_role("blockquote")).to_be_visible()


def test_a_double_click_asks_once(ann: Page, running: Site) -> None:
    ann.get_by_label("Your question").fill(UNSURE)
    ann.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(ann.locator(".entry.receipt")).to_have_count(1)
    expect(ann.locator(".entry.asked")).to_have_count(1)
    assert len(running.service.desk.casework.listed()) == 1


def test_not_helpful_leads_to_comms_with_a_word_of_why(ann: Page, running: Site) -> None:
    answer = ask(ann, COVERED)
    answer.get_by_role("button", name="Not helpful", exact=True).click()
    sorry = ann.locator(".entry.judged")
    expect(sorry).to_contain_text("Sorry that this did not help.")
    pressed = ann.locator(".entry.reply").get_by_role("button", name="Not helpful", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")
    sorry.locator("summary").click()
    sorry.get_by_label("Your remark").fill("It says blog, I mean a poster")
    sorry.get_by_role("button", name="Send").click()
    expect(ann.locator(".entry.judged")).to_have_count(2)
    ann.locator(".entry.judged").first.get_by_role("button", name="Ask without my name").click()
    expect(ann.locator(".entry.receipt")).to_contain_text("They do not see your name.")
    (case,) = running.service.desk.casework.listed()
    assert (case.reason, case.askers[0].person.name) == ("unhappy with the answer", "")


def test_a_case_is_added_to_changed_and_withdrawn(ann: Page, running: Site) -> None:
    ask(ann, UNSURE)
    ann.locator("summary", has_text="Add to C-1").click()
    ann.get_by_label("Details to add").fill("It is on Friday.")
    ann.get_by_role("button", name="Add details").click()
    expect(ann.locator(".entry.receipt").last).to_contain_text("“It is on Friday.”")
    expect(ann.get_by_role("status")).to_have_text("")
    ann.locator("summary", has_text="Edit question").click()
    ann.get_by_label("Question", exact=True).fill("training meeting on Friday")
    ann.get_by_role("button", name="Send the edited question").click()
    expect(ann.locator(".entry.asked")).to_contain_text("training meeting on Friday")
    expect(ann.get_by_role("status")).to_have_text("")
    assert running.service.desk.casework.show("C-1").question == "training meeting on Friday"
    ann.get_by_role("button", name="Withdraw C-1").click()
    expect(ann.locator(".entry.withdrawn")).to_contain_text("Withdrawn.")
    expect(ann.get_by_role("button", name="Withdraw C-1")).to_have_count(0)
    expect(ann.locator(".entry.withdrawn")).to_be_focused()


def test_a_question_that_is_not_clear_is_cleared_by_a_button(ann: Page) -> None:
    choices = ask(ann, "what about it").locator(".choices button")
    chosen = choices.first.inner_text()
    choices.first.click()
    expect(ann.locator(".entry.asked").last).to_contain_text(chosen)


def test_an_example_begins_a_conversation(ann: Page) -> None:
    ann.get_by_role("button", name=COVERED).click()
    expect(ann.get_by_role("blockquote")).to_be_visible()
    expect(ann.get_by_role("heading", name="Examples")).to_have_count(0)


def test_role_and_privacy_are_still_chosen_on_the_next_visit(ann: Page, running: Site) -> None:
    ann.get_by_label("You ask as").select_option("councillor")
    ann.locator("summary", has_text="Privacy").click()
    ann.get_by_label("Ask without my name").check()
    ask(ann, UNSURE)
    ann.reload()
    expect(ann.get_by_label("You ask as")).to_have_value("councillor")
    expect(ann.get_by_label("Ask without my name")).to_be_checked()
    assert running.service.desk.casework.show("C-1").askers[0].person.name == ""


def test_the_newest_question_is_in_view_and_the_form_too(ann: Page) -> None:
    for number in range(5):
        ask(ann, f"{COVERED}, question {number}?")
        asked = ann.locator(".entry.asked").last
        expect(asked).to_be_in_viewport(ratio=1)
        expect(ann.locator(".entry.reply").last.get_by_role("blockquote")).to_be_in_viewport()
        expect(ann.get_by_label("Your question")).to_be_in_viewport(ratio=1)
    ann.reload()
    expect(ann.locator(".entry.asked").last).to_be_in_viewport(ratio=1)


def test_a_question_is_shown_while_the_bot_looks(ann: Page) -> None:
    def slowly(route: Route) -> None:
        expect(ann.locator(".entry.waiting")).to_have_text(COVERED)
        expect(ann.get_by_role("status")).to_have_text("Looking this up…")
        route.continue_()

    ann.route("**/ask", slowly)
    ask(ann, COVERED)
    expect(ann.locator(".entry.waiting")).to_have_count(0)
    expect(ann.get_by_role("status")).to_have_text("")


def test_an_address_in_an_answer_of_comms_is_a_link(ann: Page, replica: Desk) -> None:
    ask(ann, UNSURE)
    replica.casework.answer("C-1", JANE, "See https://intranet.example/training?a=1&b=2.")
    link = ann.locator(".entry.answer").get_by_role("link", name="https://intranet.example")
    expect(link).to_have_attribute("href", "https://intranet.example/training?a=1&b=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("stream_first", [True, False], ids=["stream first", "reply first"])
def test_six_answers_are_each_in_view_with_the_question_field(
    ann: Page, stream_first: bool
) -> None:
    """The reply to the form and the event stream bring the same answer, in either order."""
    ann.set_viewport_size({"width": 390, "height": 700})

    def after_the_stream(route: Route) -> None:
        response = route.fetch()
        expect(ann.locator(".entry.waiting")).to_have_count(0)
        route.fulfill(response=response)

    if stream_first:
        ann.route("**/ask", after_the_stream)
    else:
        ann.route("**/conversation*", lambda route: route.abort())
    for number in range(6):
        ask(ann, f"{COVERED}, question {number}?")
        expect(ann.locator(".entry.asked").last).to_be_in_viewport(ratio=1)
        expect(ann.locator(".entry.reply").last.get_by_role("blockquote")).to_be_in_viewport()
        expect(ann.get_by_label("Your question")).to_be_in_viewport(ratio=1)
    ann.set_viewport_size({"width": 390, "height": 380})  # as a keyboard on the screen leaves it
    expect(ann.get_by_role("button", name="Ask", exact=True)).to_be_in_viewport(ratio=1)


def test_an_answer_that_comes_while_one_reads_further_up_is_announced(
    ann: Page, replica: Desk
) -> None:
    ann.set_viewport_size({"width": 390, "height": 500})
    ask(ann, UNSURE)
    ask(ann, COVERED)
    ann.evaluate("window.scrollTo(0, 0)")
    replica.casework.answer("C-1", JANE, "Yes, book it with us.")
    notice = ann.locator("#arrived")
    expect(notice).to_contain_text("The communications team has answered.")
    expect(ann.locator(".entry.answer")).not_to_be_in_viewport()
    notice.get_by_role("button", name="Show it").click()
    expect(ann.locator(".entry.answer")).to_be_in_viewport()
    expect(notice).to_be_hidden()


def test_an_answer_that_comes_to_a_page_in_the_background_is_counted_in_its_title(
    ann: Page, replica: Desk
) -> None:
    """Such a page has no event stream, and looks every half minute."""
    ann.clock.install()
    ann.add_init_script(ANDROID.format(permission="granted"))
    ann.reload()
    ask(ann, UNSURE)
    ann.evaluate(HIDE)
    replica.casework.answer("C-1", JANE, "Yes, book it with us.")
    until(lambda: not replica.delivery.has_pending(contact_of(ANN)))
    ann.clock.fast_forward(31_000)
    expect(ann).to_have_title(re.compile(r"^\(1\) Ask"))
    expect(ann.locator("#arrived")).to_contain_text("The communications team has answered.")
    ann.evaluate(SHOW)
    expect(ann).to_have_title(re.compile(r"^Ask"))


def test_notifications_are_asked_for_only_when_the_person_wants_them(
    ann: Page, context: BrowserContext, running: Site
) -> None:
    wanted = ann.get_by_role("button", name="Notify me of answers")
    expect(wanted).to_be_hidden()
    ask(ann, UNSURE)
    expect(wanted).to_be_visible()
    context.grant_permissions(["notifications"], origin=running.address)
    ann.reload()
    expect(wanted).to_be_hidden()
    ann.add_init_script(ANDROID.format(permission="default"))
    ann.reload()
    expect(wanted).to_be_hidden()


def test_the_focus_stays_where_somebody_has_gone_meanwhile(ann: Page) -> None:
    answer, question = ask(ann, COVERED), ann.get_by_label("Your question")

    def while_typing(route: Route) -> None:
        question.fill("next")
        route.continue_()

    ann.route("**/feedback", while_typing)
    answer.get_by_role("button", name="Not helpful", exact=True).click()
    expect(ann.locator(".entry.judged")).to_be_visible()
    expect(ann.get_by_role("status")).to_have_text("")
    expect(question).to_be_focused()
    expect(question).to_have_value("next")
