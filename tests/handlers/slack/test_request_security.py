"""Only Slack, and only the bot's own workspace, can make the bot do anything."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlencode, urlsplit

import pytest

from handlers.slack.request_verification import LARGEST_BODY
from tests.handlers.slack.council import GENERAL
from tests.handlers.slack.fake import events, interactions
from tests.handlers.slack.fake.delivery import Delivery, Kind
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.signed_http import FORM, signed
from tests.handlers.slack.running_bot import IN_BOTH_MODES, LOGO, QUOTE, RunningBot

JSON = {"Content-Type": "application/json"}
NOW = str(int(time.time()))
GOOD_SHAPE = f"v0={'a' * 64}"


def headers(timestamp: str, signature: str) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


@pytest.mark.parametrize(
    "forged",
    [
        signed("another secret", "{}"),
        signed("signing-secret", "{}", at=time.time() - 600),
        signed("signing-secret", "something else"),
        {},
        headers("no number", GOOD_SHAPE),
        headers("", GOOD_SHAPE),
        headers("9" * 5_000, GOOD_SHAPE),
        headers("١٢٣", GOOD_SHAPE),
        headers("nan", GOOD_SHAPE),
        headers(NOW, "v0=é"),
        headers(NOW, "v0=\udcff"),
        headers(NOW, ""),
        headers(NOW, GOOD_SHAPE),
    ],
)
def test_a_request_that_slack_did_not_sign_is_refused_in_silence(
    bot: RunningBot, forged: dict[str, str]
) -> None:
    """Nothing in its body decides what happens, and nobody is told anything."""
    calls = len(bot.slack.state.calls)
    with listener() as (url, posts):
        body = press_by(bot, response_url=url)
        assert post(bot, body, forged | {"Content-Type": FORM}) == 401
        event = json.dumps(events.envelope({"type": "message", "user": "U0ANN", "channel": "C1"}))
        assert post(bot, event, forged | JSON) == 401
    bot.settle()
    assert posts == []
    assert len(bot.slack.state.calls) == calls


@pytest.mark.parametrize("says_its_length", [True, False])
def test_a_body_that_is_too_large_is_refused(bot: RunningBot, *, says_its_length: bool) -> None:
    body = "x" * (LARGEST_BODY + 1)
    given = signed(bot.slack.workspace.signing_secret, body) | JSON
    url = urlsplit(bot.slack.events_url)
    connection = HTTPConnection(url.netloc)
    parts = [body[:LARGEST_BODY].encode(), body[LARGEST_BODY:].encode()]
    length = {"Content-Length": str(len(body))} if says_its_length else {}
    connection.request("POST", url.path, iter(parts), given | length)
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 100_000, "payload=no", '"words"'])
def test_a_signed_body_that_is_no_event_does_no_harm(bot: RunningBot, body: str) -> None:
    given = signed(bot.slack.workspace.signing_secret, body) | JSON
    assert post(bot, body, given) < 500


def test_forwarding_headers_change_nothing(bot: RunningBot) -> None:
    proxied = {
        "Forwarded": "for=127.0.0.1;host=localhost;proto=https",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Host": "localhost",
        "X-Real-IP": "127.0.0.1",
        "Via": "1.1 proxy",
    }
    assert post(bot, "{}", proxied | JSON) == 401
    with bot.slack.held() as held:
        bot.ann.say(LOGO)
        body = json.dumps(held.pop().payload)
    given = signed(bot.slack.workspace.signing_secret, body)
    assert post(bot, body, given | proxied | JSON) == 200
    bot.message(bot.ann, QUOTE)


@IN_BOTH_MODES
@pytest.mark.parametrize(
    "changed", [{"team_id": "T0OTHER", "authorizations": None}, {"enterprise_id": "E0OTHER"}]
)
def test_events_of_another_workspace_are_ignored(bot: RunningBot, changed: Json) -> None:
    with bot.slack.held() as held:
        bot.ann.say(LOGO)
        event = held.pop().payload
    other = {**event, "team_id": "T0OTHER", "authorizations": None, **changed}
    assert bot.ann.deliver(Delivery(Kind.EVENT, other)).acked
    bot.settle()
    assert bot.ann.answers() == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "{listener}",
        "http://hooks.slack.com.example.org/x",
        "https://hooks.slack.com@{host}/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com:444/x",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_answers_go_to_no_other_address_than_slacks(bot: RunningBot, elsewhere: str) -> None:
    """The person is answered in another way."""
    with listener() as (url, posts):
        address = elsewhere.format(listener=url, host=url.removeprefix("http://"))
        body = press_by(bot, response_url=address)
        given = signed(bot.slack.workspace.signing_secret, body) | {"Content-Type": FORM}
        assert post(bot, body, given) == 200
        bot.message(bot.ann, "Only the communications team may do this.", GENERAL)
        assert posts == []


def test_a_redirect_is_not_followed(bot: RunningBot) -> None:
    with listener() as (url, posts):
        bot.slack.state.redirect_response_urls_to = url
        bot.ann.command("/policy", LOGO, GENERAL)
        answer = bot.message(bot.ann, QUOTE, GENERAL)
        bot.ann.feedback(answer, helpful=True)
        bot.message(bot.ann, "Thank you", GENERAL)
        assert posts == []


def press_by(bot: RunningBot, response_url: str) -> str:
    """The body of a press that the bot refuses with a sentence."""
    channel = bot.slack.workspace.channels[GENERAL]
    pressed = {"action_id": "claim", "block_id": "b", "type": "button", "value": "C-1"}
    message = Message(GENERAL, bot.slack.screen.next_ts(), "U0BOT", "")
    payload = interactions.pressed_in_message(bot.ann.user, channel, message, pressed)
    payload |= {"response_url": response_url, "trigger_id": "1"}
    return urlencode({"payload": json.dumps(payload)})


def post(bot: RunningBot, body: str, given: Mapping[str, str]) -> int:
    return bot.slack.post(bot.slack.events_url, body, given)


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """A stranger's server: its address, and what was posted to it."""
    posts: list[str] = []

    class Record(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Not to the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Record)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", posts
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
