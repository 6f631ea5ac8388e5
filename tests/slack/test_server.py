"""The fake behaves as Slack does, seen by the real Bolt and the real Slack SDK."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.slack.council import ANN, BEN, COMMS, ELSEWHERE, GENERAL, GONE, SECRET, council
from tests.slack.forms import CannotDo
from tests.slack.greeter import BUTTON, MODAL, Greeter, greeting_by_http, greeting_by_socket
from tests.slack.refusal import Refusal
from tests.slack.server import SlackServer
from tests.slack.signed_http import signed
from tests.slack.state import LostAnswer
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, BOT_USER


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(council(), ack_seconds=0.5) as server:
        yield server


@pytest.fixture
def client(slack: SlackServer) -> WebClient:
    return WebClient(slack.workspace.bot_token, base_url=slack.api_url)


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


Greeting = Callable[[SlackServer], AbstractContextManager[Greeter]]
BOTH_WAYS = pytest.mark.parametrize("greeting", [greeting_by_http, greeting_by_socket])


@BOTH_WAYS
def test_a_message_is_answered_and_a_button_leads_to_a_form(
    slack: SlackServer, greeting: Greeting
) -> None:
    ann = slack.people[ANN]
    with greeting(slack):
        ann.say("May I <post>?")
        (answer,) = slack.wait_for(ann.answers)
        assert answer.words == "You said: May I &lt;post&gt;?\nMore"
        assert ann.press(answer, "More").acked
        slack.wait_for(lambda: ann.modal)
        ann.submit({"Your wish": "nothing"})
        assert ann.modal is not None
        assert ann.modal.errors == {"words": "Wish something."}
        ann.submit({"Your wish": "a clause"})
        slack.wait_for(lambda: "You wish: a clause" in [m.words for m in ann.answers()])
    assert ann.modal is None
    assert slack.complaints == []


@BOTH_WAYS
def test_a_command_is_answered_to_one_person(slack: SlackServer, greeting: Greeting) -> None:
    with greeting(slack):
        assert slack.people[ANN].command("/policy", "may I?", GENERAL).acked
    assert [m.words for m in slack.people[ANN].answers(GENERAL)] == ["Only you read this: may I?"]
    assert slack.people[BEN].answers(GENERAL) == []


@BOTH_WAYS
def test_events_come_late_doubled_and_in_another_order(
    slack: SlackServer, greeting: Greeting
) -> None:
    ann = slack.people[ANN]
    with greeting(slack) as greeter:
        with slack.held() as held:
            ann.say("first")
            ann.say("second")
            ann.say("third")
            held.reverse()
            del held[0]
            held.append(held[0])
        slack.wait_for(lambda: len(ann.answers()) == 2)
        slack.wait_for(lambda: greeter.heard.count(held[0].payload["event_id"]) == 2)
    assert held[0].tries == 2
    assert [m.text for m in ann.answers()] == ["You said: second", "You said: first"]


@BOTH_WAYS
def test_an_acknowledged_event_comes_again_when_slack_did_not_hear_it(
    slack: SlackServer, greeting: Greeting
) -> None:
    ann = slack.people[ANN]
    with greeting(slack) as greeter:
        ann.say("once")
        sent = slack.courier.sent[-1]
        slack.redeliver(sent)
        slack.wait_for(lambda: greeter.heard.count(sent.payload["event_id"]) == 2)
    assert len(ann.answers()) == 1


def test_what_was_said_without_a_connection_comes_with_the_next(slack: SlackServer) -> None:
    ann = slack.people[ANN]
    with greeting_by_socket(slack):
        slack.cut_connections()
        ann.say("anybody there?")
        slack.wait_for(lambda: slack.socket_mode.links)
        (answer,) = slack.wait_for(ann.answers)
    assert answer.text == "You said: anybody there?"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_an_announced_disconnection_loses_nothing(slack: SlackServer, reason: str) -> None:
    ann = slack.people[ANN]
    with greeting_by_socket(slack):
        before = slack.calls("apps.connections.open")
        slack.disconnect(reason)
        slack.wait_for(lambda: len(slack.calls("apps.connections.open")) > len(before))
        slack.wait_for(lambda: slack.socket_mode.links)
        ann.say("still there?")
        slack.wait_for(ann.answers)


def test_an_event_is_tried_again_at_once_and_later_on_demand(slack: SlackServer) -> None:
    ann = slack.people[ANN]
    ann.say("anybody there?")
    (waiting,) = slack.courier.undelivered
    assert waiting.failures == ["connection_failed", "connection_failed"]
    with greeting_by_http(slack):
        slack.redeliver()
        slack.wait_for(ann.answers)
    assert waiting.acked


def test_a_press_that_is_not_acknowledged_is_complained_of(slack: SlackServer) -> None:
    slack.people[ANN].command("/policy", "may I?")
    assert slack.complaints == ["slash_commands not acknowledged: connection_failed"]


@pytest.mark.parametrize(
    "headers",
    [
        signed("another secret", "{}"),
        signed("signing-secret", "{}", at=time.time() - 600),
        signed("signing-secret", "something else"),
        {},
    ],
)
def test_a_bot_refuses_what_slack_did_not_sign(slack: SlackServer, headers: dict[str, str]) -> None:
    with greeting_by_http(slack) as greeter:
        assert slack.post(slack.events_url, "{}", headers) == 401
    assert greeter.heard == []


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


def test_the_sdk_says_a_thing_twice_when_the_first_answer_was_lost(
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
