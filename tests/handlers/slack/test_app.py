"""The whole bot against the faked Slack, with the real Bolt and the real SDK, in both modes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.slack.council import ANN, BEN, COMMS, GENERAL, council
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import COMMS as COMMS_CONTACT
from tests.handlers.slack.running_bot import Mode, heard, installation, running
from tests.handlers.slack.server import SlackServer
from tests.handlers.slack.workspace import BOT_USER
from tests.toy_service import Toy, in_folder

LOGO = "may I have the logo on my blog"
UNSURE = "training meeting"
QUOTE = "“Avoid use of the council logo on a blog.”"
RECEIPT = "Your reference is C-1."

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(installed_in(council())) as server:
        yield server


@pytest.fixture(params=Mode)
def bot(request: pytest.FixtureRequest, slack: SlackServer, tmp_path: Path) -> Iterator[Toy]:
    toy = Toy(in_folder(tmp_path), comms=COMMS_CONTACT)
    with running(toy.service(), slack, installation(slack, request.param)):
        yield toy
    assert slack.complaints == []


def test_a_question_in_a_direct_message_is_answered_beneath_it(slack: SlackServer) -> None:
    ann = slack.people[ANN]
    asked = ann.say(LOGO)
    answer = heard(slack, ann, QUOTE)
    assert answer.thread_ts == asked.ts
    assert "section 1, Think twice" in answer.words
    assert "Toy guidance, last reviewed April 2013" in answer.words
    assert not answer.unfurls


def test_a_question_travels_to_comms_and_back(slack: SlackServer) -> None:
    ann, ben = slack.people[ANN], slack.people[BEN]
    asked = ann.say(UNSURE)
    assert heard(slack, ann, RECEIPT).thread_ts == asked.ts
    card = heard(slack, ben, "C-1  open", COMMS)
    ben.press(card, "Answer")
    ben.submit({"Answer": "Yes, book it with us."})
    answer = heard(slack, ann, "Ben Evans answers (C-1):")
    assert "Yes, book it with us." in answer.words
    assert answer.thread_ts == asked.ts
    slack.wait_for(lambda: "C-1  answered" in card.words)


def test_a_mention_is_answered_in_its_thread_and_followed_up_without_one(
    slack: SlackServer,
) -> None:
    ann, ben = slack.people[ANN], slack.people[BEN]
    asked = ann.say(f"<@{BOT_USER}> {LOGO}", GENERAL)
    assert heard(slack, ben, QUOTE, GENERAL).thread_ts == asked.ts
    ben.say("a word among colleagues", GENERAL, asked.ts)
    ann.say(UNSURE, GENERAL, asked.ts)
    receipt = heard(slack, ann, RECEIPT, GENERAL)
    assert "They also see 1 earlier message" in receipt.words
    assert receipt.thread_ts == asked.ts
    ann.say("Also on Friday?", GENERAL, asked.ts)
    heard(slack, ben, "the asker added:", COMMS)
