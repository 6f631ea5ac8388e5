"""The whole way in Microsoft's own client: ask, rate, hand over, answer as comms, be answered."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from app.web_application import application
from handlers.conversation.button_labels import ASK_COMMS, HELPFUL, NOT_HELPFUL
from handlers.conversation.case_wording import SORRY, THANKS
from handlers.teams.app import trial_teams
from handlers.teams.cards.case_cards import CLOSEST
from handlers.teams.cards.case_forms import ANSWER, INSERT_DRAFT
from handlers.teams.cards.case_list import NONE_WAIT
from handlers.teams.cards.welcome import COMMS_HOW
from handlers.teams.comms_actions import USED
from tests.browser.serving import served
from tests.handlers.teams.agents_playground import agents_playground
from tests.handlers.teams.message_extension import act_on_the_newest_message, insert, search
from tests.handlers.teams.playground import Playground
from tests.toy_service import Toy, in_folder

SURE = "may I have the logo on my blog"
QUOTE = "Avoid use of the council logo on a blog."
UNSURE = "who runs the training and the meeting?"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("loop")
    service = Toy(in_folder(folder)).service()
    app = application(service, [trial_teams(service)])
    with served(app) as bot, agents_playground(f"{bot}/api/messages", folder) as address:
        yield address
    service.desk.close()


@pytest.fixture
def client(page: Page, address: str) -> Playground:
    return Playground(page, address)


def test_who_installs_the_bot_is_shown_what_to_ask(client: Playground) -> None:
    client.wait_for("Ask me what the council's policies say")
    client.wait_for("As a councillor")


def test_a_question_goes_to_comms_and_their_answer_comes_back(client: Playground) -> None:
    client.in_channel()
    client.mention("use this channel for escalations")
    client.wait_for(USED)
    client.wait_for(NONE_WAIT)
    client.mention("help")
    client.wait_for(COMMS_HOW)

    client.in_personal_chat()
    client.say(SURE)
    client.wait_for(QUOTE)
    client.press("Whole clause: section 1")
    client.press(HELPFUL)
    client.wait_for(THANKS)
    client.press(NOT_HELPFUL)
    client.wait_for(SORRY)
    client.press(ASK_COMMS)
    client.wait_for("Your reference is C-1.")

    client.in_channel()
    client.wait_for("Reason: the answer did not help.")
    client.press("Details", under="C-1")
    client.wait_for(CLOSEST)
    client.press("Claim", under="C-1")
    client.wait_for("claimed, with Alex Wilber")
    client.unfold("Answer", ANSWER, under="C-1")
    client.wait_until_filled(ANSWER, "", under="C-1")
    client.fill(ANSWER, "Ask us for the other logo.", under="C-1")
    client.press(INSERT_DRAFT, under="C-1")
    drafted = f"Ask us for the other logo.\n“{QUOTE}”"
    client.wait_until_filled(ANSWER, drafted, under="C-1")
    client.fill(ANSWER, "Ask us for the other logo.", under="C-1")
    client.page.get_by_text("Section 1, Think twice", exact=True).last.click()
    client.press("Send the answer", under="C-1")
    client.wait_for("Answer by Alex Wilber: Ask us for the other logo.")

    client.in_personal_chat()
    answered = client.wait_for("Alex Wilber answers (C-1):")
    assert "Ask us for the other logo." in answered
    assert QUOTE in answered


def test_what_comms_write_in_the_thread_of_a_case_is_an_answer_too(client: Playground) -> None:
    client.in_group_chat()
    client.mention(UNSURE)
    client.wait_for("Your reference is C-2.")
    client.in_channel()
    client.wait_for("C-2")
    client.mention("HR run both.", under="C-2")
    client.wait_for("Sent as the answer to C-2.")
    client.in_group_chat()
    client.wait_for("HR run both.")


def test_a_question_in_a_channel_is_answered_in_its_thread(client: Playground) -> None:
    client.in_channel("General")
    client.mention(SURE)
    assert SURE in client.wait_for(QUOTE)


def test_a_clause_is_found_and_put_into_a_message(client: Playground) -> None:
    insert(client, search(client, "logo"), "section 1, Think twice")
    client.wait_for("Toy guidance, last reviewed April 2013")


def test_a_message_is_looked_up(client: Playground) -> None:
    client.say(SURE)
    client.wait_for(QUOTE)
    dialog = act_on_the_newest_message(client)
    dialog.get_by_label("Your question").fill(SURE)
    dialog.get_by_role("button", name="Look it up").click()
    dialog.get_by_text(f"“{QUOTE}”").wait_for()
