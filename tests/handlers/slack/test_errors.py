"""Odd and hostile messages, and a bot that breaks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from answer.reply import Reply
from knowledge.question import Question
from tests.handlers.slack.council import ANN, COMMS, council
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import heard, installation, running
from tests.handlers.slack.slack_bot import LOGO, RECEIPT, Council, council_with_bot
from tests.toy_service import Toy, in_folder


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Council]:
    with council_with_bot(tmp_path) as council:
        yield council


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 60_000, "longer than I read"),
        ("   ", "There was no question in that message."),
        ("hello <!channel>", "Ask me about"),
    ],
)
def test_odd_messages_are_answered_too(here: Council, text: str, words: str) -> None:
    here.ann.say(text)
    assert here.heard(here.ann, words).alive == ()
    assert here.slack.complaints == []


def test_what_is_relayed_is_dead(here: Council) -> None:
    here.ann.say("training meeting <!channel> https://evil.example *bold* &lt;")
    here.heard(here.ann, RECEIPT)
    card = here.heard(here.ben, "C-1", COMMS)
    assert card.alive == ()
    assert here.ann.answers()[0].alive == ()


class Broken:
    """A bot that fails at every question."""

    def reply(self, question: Question) -> Reply:
        raise ConnectionError(question.text)


def test_a_mishap_is_told_with_a_reference_that_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with SlackServer(installed_in(council())) as slack:
        toy = Toy(in_folder(tmp_path), answers=Broken())
        with running(toy.service(), slack, installation(slack)):
            slack.people[ANN].say(LOGO)
            told = heard(slack, slack.people[ANN], "Your question is not lost")
    reference = told.words.partition("(reference ")[2][:6]
    assert f"Slack mishap {reference}" in caplog.text
    assert "in reply" in caplog.text
    assert LOGO not in caplog.text
