"""What the messenger makes of the outbox, before a server that stands for Teams."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.errors import RetryAfter, Undeliverable
from desk.model.messages import BotReply, CaseCard, CaseNotice, Message, MessageKind, Outgoing
from handlers.conversation.reply_message import as_body
from handlers.teams.address import Address, Place, comms_contact, contact_of, message_id
from handlers.teams.connection import RefusedError
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.service_urls import GLOBAL_URL, ServiceUrls
from tests.handlers.teams.cases import answer, case
from tests.handlers.teams.reading import words
from tests.handlers.teams.running import Bot, running
from tests.handlers.teams.tenant import CHANNEL, TENANT
from tests.toy_service import Toy, in_folder

ANN = Address("a:Ann", Place.PERSONAL, TENANT, "28:bot")
COMMS = comms_contact(CHANNEL, TENANT, "")
REPLY = BotReply(as_body(answer()))


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(Toy(in_folder(tmp_path_factory.mktemp("desk"))).service()) as bot:
        bot.hear(bot.person("Ann").activity("typing"))
        yield bot


@pytest.fixture
def bot(started: Bot) -> Bot:
    started.fake.shown.clear()
    return started


def messenger(bot: Bot) -> TeamsMessenger:
    (only,) = bot.surface.messengers
    return only


def to_ann(message: Message = REPLY, replaces: str = "") -> Outgoing:
    return Outgoing("key", contact_of(ANN), message, replaces, "")


def to_comms(message: Message, replaces: str = "", under: str = "") -> Outgoing:
    return Outgoing("key", COMMS, message, replaces, under)


def test_a_reply_is_a_card_with_a_line_for_the_notification(bot: Bot) -> None:
    sent = messenger(bot).send(to_ann())
    (shown,) = bot.fake.shown
    assert sent == message_id("a:Ann", shown.id)
    assert "Avoid use of the council logo" in words(shown.card)
    assert shown.activity["summary"].startswith("The guidance says to avoid this:")
    assert "text" not in shown.activity
    assert shown.activity["from"]["id"] == "28:bot"


def test_a_correction_takes_the_place_of_what_was_there(bot: Bot) -> None:
    first = messenger(bot).send(to_ann())
    again = messenger(bot).send(to_ann(BotReply(as_body(answer(lead="Changed:"))), first))
    (shown,) = bot.fake.shown
    assert again == first
    assert "Changed:" in words(shown.card)


def test_what_was_deleted_meanwhile_is_sent_anew(bot: Bot) -> None:
    first = messenger(bot).send(to_ann())
    bot.fake.gone.add(bot.fake.shown[0].id)
    assert messenger(bot).send(to_ann(replaces=first)) != first
    assert len(bot.fake.shown) == 2


def test_each_case_is_a_post_of_its_own_that_is_updated(bot: Bot) -> None:
    first = messenger(bot).send(to_comms(CaseCard(case())))
    (shown,) = bot.fake.shown
    assert shown.conversation == f"{CHANNEL};messageid={shown.id}"
    assert first == message_id(shown.conversation, shown.id)
    assert messenger(bot).send(to_comms(CaseCard(case()), replaces=first)) == first
    assert shown.updates == 1


def test_a_notice_stands_in_the_thread_of_its_case(bot: Bot) -> None:
    card = messenger(bot).send(to_comms(CaseCard(case())))
    messenger(bot).send(to_comms(CaseNotice(case(), MessageKind.REMINDER, ""), under=card))
    post, notice = bot.fake.shown
    assert notice.conversation == post.conversation


@pytest.mark.parametrize("status", [412, 429])
def test_a_busy_teams_is_left_in_peace_as_long_as_it_asks(bot: Bot, status: int) -> None:
    bot.fake.refusals.append((status, {"Retry-After": "7"}))
    with pytest.raises(RetryAfter) as refused:
        messenger(bot).send(to_ann())
    assert refused.value.seconds == 7
    assert bot.fake.shown == []


@pytest.mark.parametrize("status", [502, 504])
def test_after_a_broken_gateway_the_message_is_in_doubt(bot: Bot, status: int) -> None:
    bot.fake.refusals.append((status, {}))
    with pytest.raises(RefusedError, match=f"status {status}"):
        messenger(bot).send(to_ann())


@pytest.mark.parametrize("status", [429, 502])
def test_an_update_is_tried_once_like_a_post(bot: Bot, status: int) -> None:
    first = messenger(bot).send(to_ann())
    bot.fake.refusals.append((status, {"Retry-After": "7"}))
    with pytest.raises((RetryAfter, RefusedError)):
        messenger(bot).send(to_ann(replaces=first))
    assert bot.fake.refusals == []


@pytest.mark.parametrize("status", [403, 404])
def test_who_blocked_the_bot_or_left_is_undeliverable(bot: Bot, status: int) -> None:
    bot.fake.refusals.append((status, {}))
    with pytest.raises(Undeliverable):
        messenger(bot).send(to_ann())


def test_a_throttled_answer_comes_through_the_outbox(tmp_path: Path) -> None:
    toy = Toy(in_folder(tmp_path))
    with running(toy.service()) as bot:
        bot.fake.refusals.append((429, {"Retry-After": "7"}))
        bot.hear(bot.person("Ann").says("logo on my blog"))
        assert bot.fake.shown == []
        toy.clock.advance(seconds=8)
        bot.deliver()
        assert len(bot.fake.shown) == 1


def test_without_a_registration_nothing_is_sent_before_somebody_is_heard(tmp_path: Path) -> None:
    with running(Toy(in_folder(tmp_path)).service()) as silent, pytest.raises(RetryAfter):
        messenger(silent).send(to_ann())


def test_the_last_url_of_a_conversation_wins_and_microsofts_own_serves_the_others() -> None:
    urls = ServiceUrls()
    urls.hear("19:x@thread.tacv2;messageid=1", "https://old.example/")
    urls.hear("19:x@thread.tacv2;messageid=2", "https://new.example/")
    thread = Address("19:x@thread.tacv2;messageid=1", Place.CHANNEL, "t", "b")
    assert urls.of(thread) == "https://new.example/"
    assert urls.of(ANN) == GLOBAL_URL


def test_a_playground_that_starts_again_at_another_port_is_found_in_every_conversation() -> None:
    urls = ServiceUrls(default="")
    urls.hear("a:Ann", "http://localhost:1/_connector")
    urls.hear("a:Bob", "http://localhost:2/_connector")
    assert urls.of(ANN) == "http://localhost:2/_connector"
