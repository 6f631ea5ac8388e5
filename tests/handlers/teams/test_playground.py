"""What the Agents Playground sends a bot and shows of its answers; the Teams handlers rely on it.

- No token comes with it. `serviceUrl` is `http://localhost:PORT/_connector`, another at each start.
- `Action.Execute` is an invoke `adaptiveCard/action`, `Action.Submit` a message without text; both
  have the action's data and the card's inputs in one object, and the card's message in `replyToId`.
- An invoke is answered in the same request; the body must be an msrest `Model`, never a dict.
- A thread's conversation is `CHANNEL;messageid=POST`, for each message and press in it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import served
from tests.handlers.teams.agents_playground import agents_playground
from tests.handlers.teams.echo_bot import EchoBot
from tests.handlers.teams.message_extension import act_on_the_newest_message, insert, search
from tests.handlers.teams.playground import Playground
from tests.handlers.teams.tenant import ALEX, BOT, CHANNEL, GROUP_CHAT, PERSONAL_CHAT, TEAM, TENANT


@pytest.fixture(scope="module")
def bot() -> EchoBot:
    return EchoBot()


@pytest.fixture(scope="module")
def address(bot: EchoBot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("playground")
    with (
        served(bot.app()) as serving,
        agents_playground(f"{serving}/api/messages", folder) as address,
    ):
        yield address


@pytest.fixture
def teams(page: Page, address: str, bot: EchoBot) -> Iterator[Playground]:
    bot.heard.clear()
    yield Playground(page, address)
    assert bot.errors == []


def test_the_personal_chat_says_that_the_bot_was_installed(teams: Playground, bot: EchoBot) -> None:
    teams.say("hello")
    teams.wait_for("echo hello")
    installed, joined, message = bot.heard
    assert (installed["type"], installed["action"]) == ("installationUpdate", "add")
    assert {"id": BOT} in joined["membersAdded"]
    assert message["text"] == "hello"
    assert message["from"]["id"] == ALEX
    assert message["conversation"] == {
        "conversationType": "personal",
        "tenantId": TENANT,
        "id": PERSONAL_CHAT,
    }
    assert message["channelData"] == {"tenant": {"id": TENANT}}
    assert message["serviceUrl"].endswith("/_connector")


def test_a_group_chat_passes_on_what_mentions_the_bot(teams: Playground, bot: EchoBot) -> None:
    teams.in_group_chat()
    teams.say("among ourselves")
    teams.mention("hello")
    teams.wait_for("echo hello")
    (message,) = [activity for activity in bot.heard if activity["type"] == "message"]
    assert message["text"] == "<at>Policy Assistant</at> hello"
    assert message["conversation"]["id"] == GROUP_CHAT
    assert message["conversation"]["isGroup"]


def test_a_thread_of_a_channel_is_one_conversation(teams: Playground, bot: EchoBot) -> None:
    teams.in_channel()
    teams.mention("first")
    teams.wait_for("echo first")
    first = bot.last("message")
    teams.mention("second", under="echo first")
    thread = teams.wait_for("echo second")
    assert "echo first" in thread
    assert first["conversation"]["id"].startswith(f"{CHANNEL};messageid=")
    assert bot.last("message")["conversation"] == first["conversation"]
    assert first["channelData"]["team"] == {"id": TEAM}
    assert first["channelData"]["channel"] == {"id": CHANNEL}


def test_execute_is_an_invoke_and_the_card_is_updated_in_place(
    teams: Playground, bot: EchoBot
) -> None:
    teams.say("card")
    teams.wait_for("A card")
    teams.wait_until_filled("Your note", "draft")
    teams.fill("Your note", "mine")
    teams.choose("Clause", "6.3")
    teams.press("Claim")
    teams.wait_for("It is yours")
    teams.wait_for("Claimed")
    assert not any("A card" in message for message in teams.messages())
    invoke = bot.last("invoke")
    assert invoke["name"] == "adaptiveCard/action"
    assert invoke["replyToId"]
    assert invoke["value"]["action"] == {
        "type": "Action.Execute",
        "title": "Claim",
        "verb": "claim",
        "data": {"case": 7, "note": "mine", "clause": "c6"},
    }


def test_submit_is_a_message_without_words(teams: Playground, bot: EchoBot) -> None:
    teams.say("card")
    teams.wait_for("A card")
    teams.press("Submit")
    teams.wait_for("submitted")
    message = bot.last("message")
    assert "text" not in message
    assert message["value"] == {"case": 7, "note": "draft"}
    assert message["replyToId"]


def test_a_card_of_the_channel_brings_the_answer_to_the_personal_chat(
    teams: Playground, bot: EchoBot
) -> None:
    teams.say("post")
    teams.in_channel()
    teams.wait_for("A case")
    teams.fill("Your note", "Section 4(c) says so", under="A case")
    teams.press("Pass on", under="A case")
    teams.wait_for("Passed on")
    assert bot.posted is not None
    assert bot.last("invoke")["conversation"]["id"] == bot.posted.id
    assert bot.last("invoke")["replyToId"] == bot.posted.activity_id
    teams.in_personal_chat()
    teams.wait_for("Section 4(c) says so")


def test_feedback_is_an_invoke_that_names_no_message(teams: Playground, bot: EchoBot) -> None:
    teams.say("rate me")
    teams.wait_for("Was this right?")
    teams.rate("Like", "clear")
    invoke = bot.last("invoke")
    assert invoke["name"] == "message/submitAction"
    assert invoke["value"] == {
        "actionName": "feedback",
        "actionValue": {"reaction": "like", "feedback": "clear"},
    }
    assert "replyToId" not in invoke


def test_an_uninstalled_bot_is_told(teams: Playground, bot: EchoBot) -> None:
    teams.mock("Uninstall application")
    teams.say("still there?")
    teams.wait_for("echo still there?")
    assert [activity["action"] for activity in bot.heard if "action" in activity] == [
        "add",
        "remove",
    ]


def test_a_search_of_the_message_extension_brings_a_card_to_insert(
    teams: Playground, bot: EchoBot
) -> None:
    found = search(teams, "logo")
    insert(teams, found, "4(c)")
    teams.wait_for("A clause")
    invoke = bot.last("invoke")
    assert invoke["name"] == "composeExtension/query"
    assert invoke["value"]["parameters"] == [{"value": "logo"}]
    assert "commandId" not in invoke["value"]
    assert bot.last("message")["attachments"][0]["content"]["type"] == "AdaptiveCard"


def test_an_action_on_a_message_carries_the_message(teams: Playground, bot: EchoBot) -> None:
    teams.say("hello")
    teams.wait_for("echo hello")
    dialog = act_on_the_newest_message(teams)
    expect(dialog).to_contain_text("A form")
    fetched = bot.last("invoke")
    assert fetched["name"] == "composeExtension/fetchTask"
    assert fetched["value"]["commandContext"] == "message"
    assert fetched["value"]["messagePayload"]["body"]["content"] == "<p>echo hello</p>"
    dialog.get_by_role("button", name="Submit").click()
    expect(dialog).to_contain_text("Thank you")
    submitted = bot.last("invoke")
    assert submitted["name"] == "composeExtension/submitAction"
    assert submitted["value"]["data"] == {"case": 7, "note": "draft"}
