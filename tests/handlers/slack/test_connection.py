"""Slack that cannot be reached, is in trouble, or refuses a token."""

from pathlib import Path

import pytest

from handlers.conversation.error_reply import FAILED
from knowledge.errors import BadInput
from tests.handlers.slack.council import ANN, council
from tests.handlers.slack.fake.refusal import Refusal
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.state import LostAnswer, Trouble
from tests.handlers.slack.manifest import installed_in
from tests.handlers.slack.running_bot import (
    IN_BOTH_MODES,
    LOGO,
    QUOTE,
    Mode,
    RunningBot,
    installation,
    message_to,
    running,
)
from tests.toy_service import Toy, in_folder

UNAVAILABLE = Refusal("service_unavailable", status=503)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("trouble", [LostAnswer(), UNAVAILABLE])
def test_the_bot_starts_without_slack_and_goes_on_trying(
    tmp_path: Path, mode: Mode, trouble: Trouble
) -> None:
    method = "apps.connections.open" if mode is Mode.SOCKET else "auth.test"
    with SlackServer(installed_in(council())) as slack:
        slack.meet(method, *[trouble] * 2)
        toy, ann = Toy(in_folder(tmp_path)), slack.people[ANN]
        with running(toy.service(), slack, installation(slack, mode)) as surface:
            slack.wait_for(lambda: surface.connected)
            ann.say(LOGO)
            message_to(slack, ann, QUOTE)


def test_what_slack_delivers_before_the_bot_is_connected_is_delivered_again(
    tmp_path: Path,
) -> None:
    with SlackServer(installed_in(council())) as slack:
        slack.meet("auth.test", *[LostAnswer()] * 2)
        toy, ann = Toy(in_folder(tmp_path)), slack.people[ANN]
        with running(toy.service(), slack, installation(slack)) as surface:
            ann.say(LOGO)
            (waiting,) = slack.courier.undelivered
            assert waiting.failures == ["http_error", "http_error"]
            slack.wait_for(lambda: surface.connected)
            slack.redeliver()
            message_to(slack, ann, QUOTE)


@pytest.mark.parametrize(
    ("mode", "setting"), [(Mode.HTTP, "SLACK_BOT_TOKEN"), (Mode.SOCKET, "SLACK_APP_TOKEN")]
)
def test_a_token_that_slack_refuses_stops_the_start(
    tmp_path: Path, mode: Mode, setting: str
) -> None:
    with SlackServer(installed_in(council())) as slack:
        installed = installation(slack, mode)
        replaced = "bot_token" if mode is Mode.HTTP else "app_token"
        setattr(slack.workspace, replaced, "a newer one")
        service = Toy(in_folder(tmp_path)).service()
        with (
            pytest.raises(BadInput, match=f"Slack refuses {setting}"),
            running(service, slack, installed),
        ):
            pass


def test_a_token_that_is_inactive_for_a_while_loses_no_question_and_no_answer(
    bot: RunningBot,
) -> None:
    inactive = Refusal("account_inactive")
    bot.slack.meet("users.info", inactive)
    bot.slack.meet("chat.postMessage", inactive)
    bot.ann.say(LOGO)
    bot.pass_time_until(bot.ann.answers)
    assert QUOTE in bot.ann.answers()[0].words


@IN_BOTH_MODES
@pytest.mark.parametrize("troubles", [[LostAnswer(), LostAnswer()], [UNAVAILABLE]])
def test_a_question_whose_asker_slack_cannot_name_now_is_delivered_again(
    bot: RunningBot, troubles: list[Trouble]
) -> None:
    """It cannot be stored without knowing who asks, so it is not acknowledged either."""
    bot.slack.meet("users.info", *troubles)
    bot.ann.say(LOGO)
    bot.message(bot.ann, QUOTE)
    bot.settle()
    assert len(bot.ann.answers()) == 1


def test_after_the_last_try_the_asker_is_told(bot: RunningBot) -> None:
    bot.slack.meet("users.info", *[UNAVAILABLE] * 4)
    bot.ann.say(LOGO)
    for _ in range(2):
        bot.slack.redeliver()
    bot.message(bot.ann, FAILED.partition("{")[0])
