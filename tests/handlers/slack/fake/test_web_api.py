"""The Web API takes and refuses what Slack does, seen by the real Slack SDK."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.handlers.slack.council import ANN, BEN, COMMS, ELSEWHERE, GENERAL, GONE, SECRET
from tests.handlers.slack.fake.forms import CannotDo
from tests.handlers.slack.fake.greeter import BUTTON, MODAL
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.state import LostAnswer
from tests.handlers.slack.fake.workspace import APP_TOKEN, BOT_TOKEN, BOT_USER


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def test_people_press_only_what_they_see(slack: SlackServer, client: WebClient) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    client.chat_postMessage(channel=COMMS, text="A case", blocks=blocks)
    (case,) = slack.people[BEN].answers(COMMS)
    with pytest.raises(CannotDo, match="does not see"):
        slack.people[ANN].press(case, "More")
    with pytest.raises(CannotDo, match=r"no button 'Less', only \['More'\]"):
        slack.people[BEN].press(case, "Less")


def test_a_trigger_opens_one_view_and_not_for_long(slack: SlackServer, client: WebClient) -> None:
    first, second = (slack.state.triggers.issue(ANN) for _ in range(2))
    client.views_open(trigger_id=first, view=MODAL)
    slack.state.triggers.expire()
    for trigger, error in ((first, "exchanged_trigger_id"), (second, "expired_trigger_id")):
        with pytest.raises(SlackApiError) as refusal:
            client.views_open(trigger_id=trigger, view=MODAL)
        assert refused(refusal) == error


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        (SECRET, "channel_not_found"),
        (ELSEWHERE, "not_in_channel"),
        (GONE, "channel_not_found"),
    ],
)
def test_a_bot_writes_only_where_it_may(client: WebClient, channel: str, error: str) -> None:
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=channel, text="Hello")
    assert refused(refusal) == error


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-stranger", "auth.test", "invalid_auth"),
        (BOT_TOKEN, "users.info", "missing_scope"),
        (BOT_TOKEN, "apps.connections.open", "not_allowed_token_type"),
        (APP_TOKEN, "auth.test", "not_allowed_token_type"),
        (BOT_TOKEN, "no.such.method", "unknown_method"),
    ],
)
def test_tokens_and_scopes_are_asked_for(
    slack: SlackServer, token: str, method: str, error: str
) -> None:
    slack.workspace.scopes -= {"users:read"}
    with pytest.raises(SlackApiError) as refusal:
        WebClient(token, base_url=slack.api_url).api_call(method)
    assert refused(refusal) == error


def test_a_channel_takes_a_message_a_second(slack: SlackServer, client: WebClient) -> None:
    slack.state.limits.on = True
    for number in range(slack.state.limits.burst):
        client.chat_postMessage(channel=GENERAL, text=f"Message {number}")
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=GENERAL, text="One too many")
    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["Retry-After"] == "1"


def test_a_call_meets_the_trouble_prepared_for_it(slack: SlackServer, client: WebClient) -> None:
    slack.meet("chat.postMessage", Refusal("ratelimited", retry_after=7, status=429), LostAnswer())
    with pytest.raises(SlackApiError) as refusal:
        client.chat_postMessage(channel=GENERAL, text="Hello")
    assert refusal.value.response.headers["Retry-After"] == "7"
    client.retry_handlers.clear()
    with pytest.raises(OSError, match="closed connection"):
        client.chat_postMessage(channel=GENERAL, text="Hello")
    assert [m.text for m in slack.people[ANN].answers(GENERAL)] == ["Hello"]


def test_the_sdk_posts_twice_when_the_first_response_was_lost(
    slack: SlackServer, client: WebClient
) -> None:
    slack.meet("chat.postMessage", LostAnswer())
    client.chat_postMessage(channel=GENERAL, text="Hello")
    assert [m.text for m in slack.people[ANN].answers(GENERAL)] == ["Hello", "Hello"]


def test_blocks_without_a_fallback_are_complained_of(slack: SlackServer, client: WebClient) -> None:
    with pytest.warns(UserWarning, match="text"):
        client.chat_postMessage(channel=GENERAL, blocks=[{"type": "divider"}])
    assert "no text" in slack.complaints[0]


def test_a_message_outside_of_the_bots_channels_is_not_told(slack: SlackServer) -> None:
    slack.people[ANN].say(f"<@{BOT_USER}> hello", SECRET)
    assert slack.courier.sent == []


def test_a_form_goes_nowhere_until_it_is_filled_in(slack: SlackServer, client: WebClient) -> None:
    client.views_open(trigger_id=slack.state.triggers.issue(ANN), view=MODAL)
    with pytest.raises(CannotDo, match="Your wish"):
        slack.people[ANN].submit()


def test_a_view_changed_meanwhile_is_not_overwritten(slack: SlackServer, client: WebClient) -> None:
    opened = client.views_open(trigger_id=slack.state.triggers.issue(ANN), view=MODAL)["view"]
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)
    with pytest.raises(SlackApiError) as refusal:
        client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)
    assert refused(refusal) == "hash_conflict"
