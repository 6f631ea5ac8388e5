"""The bot is removed from a team or a chat, and may be added again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model import people
from desk.model.case import Step
from handlers.conversation.case_wording import CORRECTED
from tests.handlers.teams.card_text import words
from tests.handlers.teams.fake_teams import Person, Shown
from tests.handlers.teams.in_process import COMMS, UNSURE
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import CHANNEL, GROUP_CHAT, TEAM
from tests.toy_service import Toy, in_folder

STAFF_CHANNEL = "19:staff@thread.tacv2"
JANE = people.Person("teams:jane", "Jane")
ANSWER, BETTER = "Yes, you may.", "No, you may not."


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with running(Toy(in_folder(tmp_path), comms=(COMMS,)).service()) as started:
        yield started


def in_thread(bot: Bot) -> Person:
    return bot.in_channel("Ann", f"{STAFF_CHANNEL};messageid=5")


def asked_among_others(bot: Bot, place: str) -> str:
    """Ask comms there, and remove the bot; the place is returned."""
    group = Person("Ann", bot.connector, GROUP_CHAT, "groupChat")
    ann = in_thread(bot) if place == "channel" else group
    bot.hear(ann.mentions(UNSURE))
    there = ann.conversation.partition(";")[0]
    bot.fake.closed.add(there)
    return there


def answer(bot: Bot, text: str = ANSWER) -> None:
    bot.service.desk.casework.answer("C-1", JANE, text)
    bot.deliver()


def correct(bot: Bot) -> None:
    bot.service.desk.casework.correct("C-1", JANE, BETTER)
    bot.deliver()


def ann_reads(bot: Bot) -> list[Shown]:
    """In her own chat with the bot."""
    return bot.fake.of("a:Ann")


def steps(bot: Bot) -> list[Step]:
    return [event.step for event in bot.service.desk.casework.show("C-1").events]


@pytest.mark.parametrize("place", ["channel", "group chat"])
def test_the_answer_comes_to_the_asker_where_the_bot_was_removed(bot: Bot, place: str) -> None:
    there = asked_among_others(bot, place)
    shown_before = len(bot.fake.within(there))
    answer(bot)
    (direct,) = ann_reads(bot)
    assert ANSWER in words(direct.card)
    assert UNSURE in words(direct.card)
    assert direct.activity["conversation"] == {"id": "a:Ann"}
    assert len(bot.fake.within(there)) == shown_before
    assert Step.UNDELIVERABLE not in steps(bot)


def test_a_channel_that_was_deleted_is_no_different(bot: Bot) -> None:
    bot.hear(in_thread(bot).mentions(UNSURE))
    bot.fake.refusals.append((404, {}))
    answer(bot)
    assert ANSWER in words(ann_reads(bot)[0].card)


def test_a_correction_replaces_the_answer_in_the_askers_own_chat(bot: Bot) -> None:
    asked_among_others(bot, "channel")
    answer(bot)
    correct(bot)
    (direct,) = ann_reads(bot)
    assert direct.updates == 1
    assert BETTER in words(direct.card)


def test_a_correction_follows_the_answer_also_after_the_bot_is_back(bot: Bot) -> None:
    there = asked_among_others(bot, "channel")
    answer(bot)
    bot.fake.closed.clear()
    shown_before = len(bot.fake.within(there))
    correct(bot)
    assert ann_reads(bot)[0].updates == 1
    assert len(bot.fake.within(there)) == shown_before


def test_a_correction_of_an_answer_in_the_channel_comes_to_the_asker(bot: Bot) -> None:
    bot.hear(in_thread(bot).mentions(UNSURE))
    answer(bot)
    assert ann_reads(bot) == []
    bot.fake.closed.add(STAFF_CHANNEL)
    correct(bot)
    (direct,) = ann_reads(bot)
    assert CORRECTED in words(direct.card)


def test_what_the_asker_does_in_their_own_chat_is_about_their_case(bot: Bot) -> None:
    asked_among_others(bot, "channel")
    answer(bot)
    (direct,) = ann_reads(bot)
    bot.hear(bot.person("Ann").says(f'<quoted messageId="{direct.id}"/> also for volunteers?'))
    assert steps(bot)[-1] is Step.FOLLOWED_UP


def test_a_busy_teams_is_no_closed_channel(bot: Bot) -> None:
    bot.hear(in_thread(bot).mentions(UNSURE))
    bot.fake.refusals.append((429, {"Retry-After": "7"}))
    answer(bot)
    assert ann_reads(bot) == []


def test_comms_hear_of_an_asker_who_cannot_be_reached_at_all(bot: Bot) -> None:
    asked_among_others(bot, "channel")
    bot.fake.closed.add("a:Ann")
    answer(bot)
    assert steps(bot)[-1] is Step.UNDELIVERABLE


def test_comms_get_no_direct_message_in_the_place_of_their_channel(bot: Bot) -> None:
    bot.fake.closed.add(CHANNEL)
    bot.hear(bot.person("Ann").says(UNSURE))
    assert {shown.conversation for shown in bot.fake.shown} == {"a:Ann"}


@pytest.mark.parametrize(
    "where", [CHANNEL, TEAM], ids=["their channel", "the General channel of their team"]
)
def test_a_bot_that_is_back_in_the_place_of_comms_shows_its_cases(bot: Bot, where: str) -> None:
    bot.fake.closed.add(CHANNEL)
    bot.hear(bot.person("Ann").says(UNSURE))
    bot.fake.closed.clear()
    bot.hear(bot.in_channel("Jane", where).activity("installationUpdate", action="add"))
    shown = [words(each.card) for each in bot.fake.within(CHANNEL)]
    assert sum(UNSURE in each for each in shown) == 1


def test_a_person_who_adds_the_bot_for_themselves_moves_no_case(bot: Bot) -> None:
    bot.fake.closed.add(CHANNEL)
    bot.hear(bot.person("Ann").says(UNSURE))
    bot.fake.closed.clear()
    bot.hear(bot.person("Ann").activity("installationUpdate", action="add"))
    assert bot.fake.within(CHANNEL) == []
