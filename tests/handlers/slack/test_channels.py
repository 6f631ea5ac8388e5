"""The bot leaves channels and comes back; people leave comms."""

import asyncio
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from desk.model.people import Person
from handlers.slack.users import Groups, Users, WorkspaceConfig
from tests.handlers.slack.council import ANN, BEN, COMMS, GENERAL, MANAGERS, council
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.workspace import BOT_USER
from tests.handlers.slack.running_bot import RECEIPT, UNSURE, RunningBot
from tests.toy_service import Toy, in_folder

JANE = Person("terminal:jane", "Jane")


def test_an_answer_for_a_channel_without_the_bot_comes_to_the_direct_message(
    bot: RunningBot,
) -> None:
    bot.ann.say(f"<@{BOT_USER}> {UNSURE}", GENERAL)
    bot.message(bot.ann, RECEIPT, GENERAL)
    bot.settle()
    bot.ann.remove_bot(GENERAL)
    desk = bot.toy.desk()
    desk.casework.answer("C-1", JANE, "Book it with us.")
    desk.close()
    answer = bot.message(bot.ann, "Book it with us.")
    assert UNSURE in answer.words
    bot.settle()
    desk = bot.toy.desk()
    desk.casework.correct("C-1", JANE, "Book it with HR.")
    desk.close()
    bot.slack.wait_for(lambda: "Book it with HR." in answer.words)


def test_after_an_invitation_comms_get_the_cards_that_they_missed(bot: RunningBot) -> None:
    bot.ben.remove_bot(COMMS)
    bot.ann.say(UNSURE)
    bot.message(bot.ann, RECEIPT)
    bot.settle()
    assert bot.ben.answers(COMMS) == []
    bot.ben.invite_bot(COMMS)
    card = bot.message(bot.ben, "C-1  open", COMMS)
    bot.ben.press(card, "Claim")
    bot.slack.wait_for(lambda: "C-1  claimed, with Ben Evans" in card.words)
    bot.settle()
    assert bot.ben.answers(COMMS) == [card]


def test_somebody_who_left_comms_loses_the_rights_of_comms_within_minutes(
    tmp_path: Path,
) -> None:
    with SlackServer(council()) as slack:
        desk = Toy(in_folder(tmp_path)).desk()

        async def after_leaving() -> bool:
            client = AsyncWebClient(slack.workspace.bot_token, slack.api_url)
            workspace = WorkspaceConfig("T0COUNCIL", "", Groups((MANAGERS,)), COMMS)
            users = Users(client, desk, workspace, remember_s=0.05)
            assert await users.is_comms(BEN)
            assert not await users.is_comms(ANN)
            slack.workspace.channels[COMMS].members -= {BEN}
            await asyncio.sleep(0.1)
            assert not await users.is_comms(BEN)
            slack.workspace.channels[COMMS].members |= {ANN}
            return await users.is_comms(ANN)

        assert asyncio.run(asyncio.wait_for(after_leaving(), 20))
        desk.close()
