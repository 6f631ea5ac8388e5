import pytest

from handlers.teams.address import Address, Place
from handlers.teams.service_urls import (
    GLOBAL_URL,
    MOST_REMEMBERED,
    NoServiceUrlError,
    ServiceUrls,
)


def at(conversation: str) -> Address:
    return Address(conversation, Place.CHANNEL, "tenant", "28:bot")


def test_the_last_address_of_a_conversation_wins_and_microsofts_own_serves_the_others() -> None:
    urls = ServiceUrls()
    urls.remember(at("19:x@thread.tacv2;messageid=1"), "https://old.example/")
    urls.remember(at("19:x@thread.tacv2;messageid=2"), "https://new.example/")
    assert urls.of(at("19:x@thread.tacv2;messageid=1")) == "https://new.example/"
    assert urls.of(at("a:Ann")) == GLOBAL_URL


def test_of_many_conversations_the_latest_are_remembered() -> None:
    urls = ServiceUrls()
    for number in range(MOST_REMEMBERED + 1):
        urls.remember(at(f"a:{number}"), f"https://{number}.example/")
    assert urls.of(at("a:0")) == GLOBAL_URL
    assert urls.of(at("a:1")) == "https://1.example/"


def test_a_playground_that_starts_again_at_another_port_is_found_in_every_conversation() -> None:
    urls = ServiceUrls(default="")
    urls.remember(at("a:Ann"), "http://localhost:1/_connector")
    urls.remember(at("a:Bob"), "http://localhost:2/_connector")
    assert urls.of(at("a:Ann")) == "http://localhost:2/_connector"


def test_without_a_default_there_is_no_address_before_the_first_activity() -> None:
    with pytest.raises(NoServiceUrlError):
        ServiceUrls(default="").of(at("a:Ann"))
