"""A request that Slack did not sign makes the bot write nothing to anybody."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.attack import nginx
from tests.attack.deployment import Bot, bot
from tests.attack.recording_slack import (
    CHANNEL,
    SECRET,
    TEAM,
    USER,
    RecordingSlack,
    recording_slack,
    signed,
)
from tests.attack.stranger import FORM, Answer, Stranger
from tests.handlers.web.wait import until

QUESTION = "may I have the logo on my blog"


@dataclass(frozen=True)
class Stage:
    """`attacker` is a server of the attacker."""

    bot: Bot
    slack: RecordingSlack
    attacker: RecordingSlack
    stranger: Stranger

    def send(self, body: bytes, kind: str, headers: dict[str, str]) -> Answer:
        given = {"Content-Type": kind, **headers}
        return self.stranger.request("POST", "/slack/events", body, given)

    def command(self, response_url: str, team: str = TEAM, text: str = QUESTION) -> bytes:
        fields = {
            "command": "/policy",
            "text": text,
            "team_id": team,
            "user_id": USER,
            "channel_id": CHANNEL,
            "trigger_id": "1.2.3",
            "response_url": response_url,
        }
        return urlencode(fields).encode()

    def check_that_slack_hears_only_what_is_true(self) -> None:
        """The bot still answers Slack itself, and that is all that it has sent."""
        before = list(self.slack.writes)
        body = self.command(f"{self.slack.address}/response")
        assert self.send(body, FORM, signed(body)).status == 200
        until(lambda: len(self.slack.writes) > len(before))
        assert before == []
        assert self.attacker.writes == []


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with recording_slack() as slack, recording_slack() as attacker:
        settings = {
            "slack_bot_token": "xoxb-1",
            "slack_signing_secret": SECRET,
            "slack_api_url": f"{slack.address}/api/",
            "public_url": f"https://{nginx.NAME}",
            "trusted_proxies": "127.0.0.1",
        }
        with (
            bot(tmp_path, **settings) as running,
            nginx.with_example(tmp_path, running.port) as proxy,
        ):
            yield Stage(running, slack, attacker, Stranger(proxy))


def forgeries(body: bytes) -> list[dict[str, str]]:
    """Headers that prove nothing about this body."""
    now, right = str(int(time.time())), signed(body)["X-Slack-Signature"]
    stamps = [now, "", "now", "nan", "inf", "-1", "9" * 400, "1e3", "٣", "0x10"]
    signatures = [right[:-1] + "x", "", "v0=", "v0=é", "é" * 64, right.upper(), "a" * 5000]
    return [
        {},
        {"X-Slack-Signature": right},
        {"X-Slack-Request-Timestamp": now},
        *({"X-Slack-Request-Timestamp": each, "X-Slack-Signature": "v0=0"} for each in stamps),
        *(signed(body) | {"X-Slack-Request-Timestamp": each} for each in stamps[1:]),
        *(signed(body) | {"X-Slack-Signature": each} for each in signatures),
        signed(body, time.time() - 3600),
        signed(body, time.time() + 3600),
        signed(body + b"x"),
    ]


def latin(headers: dict[str, str]) -> dict[str, str]:
    """As bytes of UTF-8: http.client writes headers in Latin-1."""
    return {name: value.encode().decode("latin-1") for name, value in headers.items()}


def bodies(stage: Stage, response_url: str) -> list[tuple[bytes, str]]:
    event = {"type": "message", "channel": CHANNEL, "channel_type": "im", "user": USER}
    envelope = {"type": "event_callback", "team_id": TEAM, "event_id": "E1"}
    press = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": USER, "team_id": TEAM},
        "channel": {"id": CHANNEL},
        "response_url": response_url,
        "actions": [{"type": "button", "action_id": "ask_comms", "value": "1"}],
    }
    message = envelope | {"event": event | {"text": QUESTION, "ts": "1.1"}}
    return [
        (stage.command(response_url), FORM),
        (json.dumps(message).encode(), "application/json"),
        (urlencode({"payload": json.dumps(press)}).encode(), FORM),
        (urlencode({"payload": "[" * 100_000}).encode(), FORM),
        (b"[" * 100_000, "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"", ""),
    ]


def test_a_forged_request_makes_the_bot_write_nothing(stage: Stage) -> None:
    for response_url in (f"{stage.slack.address}/response", f"{stage.attacker.address}/take"):
        for body, kind in bodies(stage, response_url):
            for headers in forgeries(body):
                answer = stage.send(body, kind, latin(headers))
                assert 400 <= answer.status < 500, (headers, answer)
                assert QUESTION not in answer.text
    stage.check_that_slack_hears_only_what_is_true()


def test_another_workspace_makes_the_bot_write_nothing(stage: Stage) -> None:
    body = stage.command(f"{stage.slack.address}/response", team="T2")
    stage.send(body, FORM, signed(body))
    stage.check_that_slack_hears_only_what_is_true()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_an_answer_goes_to_no_other_host(stage: Stage, scheme: str) -> None:
    """Even Slack's signature is no reason to write to another host."""
    host = stage.attacker.address.partition("://")[2]
    for address in (f"{scheme}://{host}/take", f"{scheme}://hooks.slack.com@{host}/take"):
        body = stage.command(address, text="")
        stage.send(body, FORM, signed(body))
    body = stage.command(f"{stage.slack.address}/response")
    assert stage.send(body, FORM, signed(body)).status == 200
    until(lambda: bool(stage.slack.writes))
    assert stage.attacker.writes == []
