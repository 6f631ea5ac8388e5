"""200,000 characters on every way in: twice as many take less than three times as long."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desk.model.sign_in import AccessLevel
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.security.middleware import SESSION_LASTS
from tests.attack.deployment import Bot, bot
from tests.attack.nginx import Proxy
from tests.attack.recording_slack import (
    CHANNEL,
    SECRET,
    TEAM,
    USER,
    RecordingSlack,
    recording_slack,
    signed,
)
from tests.attack.stranger import FORM, Stranger
from tests.attack.teams_activity import MESSAGES, activity
from tests.desk.council import JANE
from tests.growth import is_linear
from tests.handlers.web.wait import until

# Repeated, each has made some pattern look again from every character.
PIECES = ("a", "1", "07700 900 ", "a@", "a.", "<", "([{", " ", "\n", "http://a", "*_", "👍")
# Half of what a form of the pages takes and all of it; then far more.
SIZES = (LONGEST_TEXT // 2, LONGEST_TEXT), (100_000, 200_000)


@dataclass
class Stage:
    bot: Bot
    slack: RecordingSlack
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def browser(self, **cookies: str) -> Stranger:
        """A new browser, which speaks to the bot without a proxy."""
        address = f"127.0.0.1:{self.bot.port}"
        headers = {"Host": address, "Origin": f"http://{address}"}
        return Stranger(Proxy(self.bot.port, tls=False), headers=headers, cookies=cookies)

    def colleague(self) -> Stranger:
        sign_ins = self.bot.services.desk.sign_ins
        return self.browser(desk=sign_ins.open(JANE, AccessLevel.OWNER, SESSION_LASTS))

    def version(self) -> str:
        return str(self.bot.services.desk.casework.show("C-1").version)

    def from_slack(self, body: bytes, kind: str) -> None:
        """Send a signed request of Slack, and wait until the bot has answered."""
        before = len(self.slack.writes)
        headers = {"Content-Type": kind, **signed(body)}
        answer = self.browser().request("POST", "/slack/events", body, headers)
        if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return  # in bytes it is more than Slack ever sends
        assert answer.status == HTTPStatus.OK
        until(lambda: len(self.slack.writes) > before)


def ask_and_hand_over(stage: Stage, text: str) -> None:
    ann = stage.browser()
    ann.post("/ask", text=text, role="staff")
    _, _, after = ann.get("/").text.rpartition('name="question" value="')
    ann.post("/ask-comms", question=after.partition('"')[0] or "0")


def edit_question(stage: Stage, text: str) -> None:
    ann = stage.browser()
    ann.post("/ask", text="training meeting", role="staff")
    _, _, after = ann.get("/").text.rpartition('name="message" value="')
    ann.post("/edit", message=after.partition('"')[0], text=text)


def add_details(stage: Stage, text: str) -> None:
    ann = stage.browser()
    ann.post("/ask", text="training meeting", role="staff")
    _, _, after = ann.get("/").text.rpartition('name="ref" value="')
    ann.post("/add", ref=after.partition('"')[0], text=text)


def give_a_remark(stage: Stage, text: str) -> None:
    ann = stage.browser()
    ann.post("/ask", text="may I have the logo on my blog", role="staff")
    _, _, after = ann.get("/").text.rpartition('name="question" value="')
    ann.post("/feedback", question=after.partition('"')[0], verdict="helpful", remark=text)


def work_on_a_case(stage: Stage, text: str) -> None:
    jane = stage.colleague()
    fields = {"text": text, "reason": text, "question": text, "owner": text, "review_by": text}
    for step in ("preview", "answer", "correct", "publish", "close", "reopen"):
        jane.post(f"/desk/cases/C-1/{step}", since=stage.version(), cite=text[:1000], **fields)
    jane.post("/desk/records/person", key=text)


def search(stage: Stage, text: str) -> None:
    """An address holds some thousand characters; longer ones are refused."""
    jane = stage.colleague()
    for path in ("/desk", "/policies", "/policies/toy"):
        for size in (7000, len(text)):
            # The server may close before it has read an address that is too long.
            with suppress(ConnectionError):
                jane.get(f"{path}?{urlencode({'q': text[:size], 'text': text[:size]})}")


def command_in_slack(stage: Stage, text: str) -> None:
    fields = {
        "command": "/policy",
        "text": text,
        "team_id": TEAM,
        "user_id": USER,
        "channel_id": CHANNEL,
        "trigger_id": f"{next(stage.numbers)}.2.3",
        "response_url": f"{stage.slack.address}/response",
    }
    stage.from_slack(urlencode(fields).encode(), FORM)


def message_in_slack(stage: Stage, text: str) -> None:
    number = next(stage.numbers)
    event = {
        "type": "message",
        "channel": "D1",
        "channel_type": "im",
        "user": USER,
        "text": f"x{text}",
        "ts": f"{number}.1",
    }
    envelope = {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"E{number}",
        "event": event,
    }
    stage.from_slack(json.dumps(envelope, ensure_ascii=False).encode(), "application/json")


def message_in_teams(stage: Stage, text: str) -> None:
    before = len(stage.slack.writes)
    body = activity(f"x{text}", f"{stage.slack.address}/", next(stage.numbers))
    headers = {"Content-Type": "application/json"}
    assert stage.browser().request("POST", MESSAGES, body, headers).status == 202
    until(lambda: len(stage.slack.writes) > before)


WAYS: tuple[Callable[[Stage, str], None], ...] = (
    ask_and_hand_over,
    edit_question,
    add_details,
    give_a_remark,
    work_on_a_case,
    search,
    command_in_slack,
    message_in_slack,
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with recording_slack() as slack:
        settings = {
            "slack_bot_token": "xoxb-1",
            "slack_signing_secret": SECRET,
            "slack_api_url": f"{slack.address}/api/",
        }
        with bot(tmp_path, **settings) as running:
            running.case()
            yield Stage(running, slack)


@pytest.fixture
def teams_stage(tmp_path: Path) -> Iterator[Stage]:
    """Teams on trial; its service is recorded like Slack."""
    with recording_slack() as service, bot(tmp_path, teams_local_trial=True) as running:
        yield Stage(running, service)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_twice_as_long_a_text_takes_less_than_three_times_as_long(
    stage: Stage, way: Callable[[Stage, str], None]
) -> None:
    check_growth(way, stage)


def test_a_message_of_teams_that_is_twice_as_long_takes_less_than_three_times_as_long(
    teams_stage: Stage,
) -> None:
    check_growth(message_in_teams, teams_stage)


def check_growth(way: Callable[[Stage, str], None], stage: Stage) -> None:
    for piece in PIECES:
        for sizes in SIZES:
            once, twice = (partial(way, stage, (piece * size)[:size]) for size in sizes)
            assert is_linear(once, twice), (piece, sizes)
    assert stage.browser().get("/readyz").status == 200
