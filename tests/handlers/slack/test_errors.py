"""Odd and hostile messages, and a bot that breaks."""

from pathlib import Path

import pytest

from answer.reply import Reply
from handlers.conversation.error_reply import FAILED_AFTER_STORING
from knowledge.question import Question
from tests.handlers.slack.council import ANN, COMMS, council
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import (
    LOGO,
    RECEIPT,
    RunningBot,
    installation,
    message_to,
    running,
)
from tests.toy_service import Toy, in_folder


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * 6_000, "longer than I read"),
        ("   ", "There was no question in that message."),
        ("hello <!channel>", "Ask me about"),
    ],
)
def test_odd_messages_are_answered_too(bot: RunningBot, text: str, words: str) -> None:
    bot.ann.say(text)
    assert bot.message(bot.ann, words).live_parts == ()


def test_relayed_words_have_no_links_or_mentions(bot: RunningBot) -> None:
    bot.ann.say("training meeting <!channel> https://evil.example *bold* &lt;")
    bot.message(bot.ann, RECEIPT)
    card = bot.message(bot.ben, "C-1", COMMS)
    assert card.live_parts == ()
    assert bot.ann.answers()[0].live_parts == ()


class Broken:
    """A bot that fails at every question."""

    def reply(self, question: Question) -> Reply:
        raise ConnectionError(question.text)


def test_an_error_is_told_with_a_reference_that_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    beginning, _, end = FAILED_AFTER_STORING.partition("{reference}")
    with SlackServer(installed_in(council())) as slack:
        toy = Toy(in_folder(tmp_path), answers=Broken())
        with running(toy.service(), slack, installation(slack)):
            slack.people[ANN].say(LOGO)
            reply = message_to(slack, slack.people[ANN], end)
    reference = reply.words.removeprefix(beginning).removesuffix(end)
    assert f"{reference}: AnswerPending" in caplog.text
    assert "in reply" in caplog.text
    assert LOGO not in caplog.text
