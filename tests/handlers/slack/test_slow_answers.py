"""What people in Slack see while answers take long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.slack.questions import LOOKING
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.state import LostAnswer, Slow, Trouble
from tests.handlers.slack.running_bot import LOGO, QUOTE, RunningBot, running_bot
from tests.held_answers import HeldAnswers

SET_STATUS = "assistant.threads.setStatus"
MANY = 50  # questions, more than there are threads
SLOW_DOWN = Refusal("ratelimited", retry_after=1, status=429)


@pytest.fixture
def held() -> HeldAnswers:
    return HeldAnswers()


@pytest.fixture
def bot(tmp_path: Path, held: HeldAnswers) -> Iterator[RunningBot]:
    with running_bot(tmp_path, answers=held) as running:
        yield running
        held.let_go.set()
        running.settle()
        assert running.slack.complaints == []


def test_every_question_is_acknowledged_at_once_while_others_are_being_answered(
    bot: RunningBot, held: HeldAnswers
) -> None:
    asked = [bot.ann.say(f"{LOGO} number {number}") for number in range(MANY)]
    assert bot.slack.courier.undelivered == []
    assert all(len(each.acks) == each.tries == 1 for each in bot.slack.courier.sent)
    held.let_go.set()
    bot.settle()
    assert sorted(each.thread_ts for each in bot.ann.answers()) == [each.ts for each in asked]


def test_a_status_shows_while_the_bot_looks_up_an_answer(
    bot: RunningBot, held: HeldAnswers
) -> None:
    asked = bot.ann.say(LOGO)
    bot.slack.wait_for(lambda: bot.slack.screen.statuses)
    assert bot.slack.screen.statuses == [(bot.ann.dm.id, asked.ts, LOOKING)]
    held.let_go.set()
    bot.message(bot.ann, QUOTE)


def test_a_status_that_comes_after_the_answer_is_removed(
    bot: RunningBot, held: HeldAnswers
) -> None:
    bot.slack.meet(SET_STATUS, Slow(0.8))
    asked = bot.ann.say(LOGO)
    bot.slack.wait_for(lambda: not bot.slack.state.troubles[SET_STATUS])
    held.let_go.set()
    bot.message(bot.ann, QUOTE)
    assert bot.slack.screen.statuses == []
    bot.settle()
    where = (bot.ann.dm.id, asked.ts)
    assert bot.slack.screen.statuses == [(*where, LOOKING), (*where, "")]


def test_a_quick_answer_needs_no_status(bot: RunningBot, held: HeldAnswers) -> None:
    held.let_go.set()
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    bot.settle()
    assert bot.slack.screen.statuses == []


@pytest.mark.parametrize("trouble", [SLOW_DOWN, Slow(5), LostAnswer()])
def test_a_status_that_slack_does_not_show_holds_nothing_up(
    bot: RunningBot, held: HeldAnswers, trouble: Trouble
) -> None:
    bot.slack.meet(SET_STATUS, trouble)
    bot.ann.say(LOGO)
    bot.slack.wait_for(lambda: not bot.slack.state.troubles[SET_STATUS])
    held.let_go.set()
    bot.message(bot.ann, QUOTE)
