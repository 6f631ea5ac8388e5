"""The fake behaves as Slack does, seen by the real Bolt and the real Slack SDK."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.handlers.slack.council import ANN, BEN, GENERAL, council
from tests.handlers.slack.fake.greeter import Greeter, greeting_by_http, greeting_by_socket
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.signed_http import signed

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
        slack.wait_for(lambda: greeter.received.count(held[0].payload["event_id"]) == 2)
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
        slack.wait_for(lambda: greeter.received.count(sent.payload["event_id"]) == 2)
    assert len(ann.answers()) == 1


def test_a_message_without_a_connection_comes_with_the_next_one(slack: SlackServer) -> None:
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
def test_a_request_with_a_bad_signature_is_refused(
    slack: SlackServer, headers: dict[str, str]
) -> None:
    with greeting_by_http(slack) as greeter:
        assert slack.post(slack.events_url, "{}", headers) == 401
    assert greeter.received == []


@BOTH_WAYS
def test_an_acknowledgement_that_takes_too_long_is_a_failure(greeting: Greeting) -> None:
    with SlackServer(council(), ack_seconds=0.3) as impatient, greeting(impatient) as greeter:
        greeter.delay_s = 1.0
        impatient.people[ANN].command("/policy", "may I?")
        assert impatient.complaints == ["slash_commands not acknowledged: http_timeout"]
