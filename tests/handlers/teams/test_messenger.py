"""How the outbox is delivered to a server in the place of Teams."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.model.errors import RetryAfter, Undeliverable
from desk.model.messages import BotReply, CaseCard, CaseNotice, Message, MessageKind, Outgoing
from handlers.conversation.reply_message import as_body
from handlers.teams.address import Address, Place, comms_contact, contact_of, message_id
from handlers.teams.app import trial_teams
from handlers.teams.connection import NotConnectedError, RefusedError
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.service_urls import NoServiceUrlError
from tests.handlers.teams.card_text import words
from tests.handlers.teams.cases import answer, case
from tests.handlers.teams.fake_teams import Person
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
    assert shown.activity["summary"].startswith("Section 1, Think twice:")
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
def test_a_busy_teams_is_left_alone_as_long_as_it_asks(bot: Bot, status: int) -> None:
    bot.fake.refusals.append((status, {"Retry-After": "7"}))
    with pytest.raises(RetryAfter) as refused:
        messenger(bot).send(to_ann())
    assert refused.value.seconds == 7
    assert bot.fake.shown == []


@pytest.mark.parametrize("status", [412, 429, 500, 502, 504])
def test_a_refusal_without_a_time_leaves_the_time_to_the_outbox(bot: Bot, status: int) -> None:
    """Which waits longer after each try."""
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
def test_a_person_who_blocked_the_bot_or_left_cannot_be_reached(bot: Bot, status: int) -> None:
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


def test_while_teams_cannot_be_reached_the_outbox_waits_for_minutes(tmp_path: Path) -> None:
    """From seconds to a quarter of an hour, shortened at random by up to half."""
    toy = Toy(in_folder(tmp_path))
    with running(toy.service()) as bot:
        nobody = Person("Ann", "http://127.0.0.1:9/", "a:Ann")
        bot.hear(nobody.says("logo on my blog"))
        tries = 0
        for _ in range(60):
            toy.clock.advance(minutes=1)
            tries += bot.service.desk.delivery.deliver_due(messenger(bot))
        assert 3 < tries < 20


def test_in_a_trial_nothing_is_sent_before_somebody_writes(tmp_path: Path) -> None:
    with (
        running(Toy(in_folder(tmp_path)).service()) as silent,
        pytest.raises(NoServiceUrlError),
    ):
        messenger(silent).send(to_ann())


def test_before_the_application_starts_nothing_is_sent(tmp_path: Path) -> None:
    services = Toy(in_folder(tmp_path)).service()
    (only,) = trial_teams(services).messengers
    with pytest.raises(NotConnectedError):
        only.send(to_ann())
    services.desk.close()
