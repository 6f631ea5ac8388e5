"""TEAMS_LOCAL_TRIAL: a bot without a registration hears its own machine alone."""

import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from handlers.teams.access import ONLY_THIS_MACHINE
from handlers.teams.surface import ROUTE
from tests.handlers.teams.running import Bot, running
from tests.toy_service import Toy, in_folder

FORWARDING = {
    "Forwarded": "for=203.0.113.9",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "policy.example.gov.uk",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Anything": "",
    "X-Real-IP": "203.0.113.9",
    "Via": "1.1 proxy",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(Toy(in_folder(tmp_path_factory.mktemp("trial"))).service()) as started:
        yield started


def status(bot: Bot, **headers: str) -> int:
    bot.headers = headers
    return bot.status_of(bot.person("Ann").says("logo on my blog"))


def test_its_own_machine_is_heard(bot: Bot) -> None:
    assert status(bot) == 200


@pytest.mark.parametrize("header", FORWARDING)
def test_what_a_proxy_passed_on_is_refused(bot: Bot, header: str) -> None:
    """The connection of a proxy on this machine is local; the people behind it are not."""
    assert status(bot, **{header: FORWARDING[header]}) == 403


@pytest.mark.parametrize("host", ["policy.example.gov.uk", "evil.example:3978", "127.0.0.1.evil"])
def test_another_name_of_this_machine_is_refused(bot: Bot, host: str) -> None:
    """A stranger's page can have its own name lead a browser to this machine."""
    assert status(bot, Host=host) == 403


def test_a_proxy_that_adds_no_header_is_refused(bot: Bot) -> None:
    """As nginx without any setting of its own: it speaks HTTP/1.0 to what is behind it."""
    to = urlsplit(bot.address)
    body = json.dumps(bot.person("Ann").says("logo")).encode()
    with socket.create_connection((to.hostname, to.port)) as connection:
        connection.sendall(
            f"POST {ROUTE} HTTP/1.0\r\nHost: {to.netloc}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        answer = connection.makefile("rb").read()
    assert b" 403 " in answer.splitlines()[0]
    assert ONLY_THIS_MACHINE.encode() in answer


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/", "https://evil.example", "", "nonsense", "http://[", "//"]
)
def test_answers_go_to_its_own_machine_alone(bot: Bot, url: str) -> None:
    bot.headers = {}
    assert bot.status_of(bot.person("Ann").says("logo", serviceUrl=url)) == 403


def test_a_page_in_a_browser_cannot_write_to_the_bot(bot: Bot) -> None:
    """Without asking first, which the bot never allows, it can send no JSON."""
    request = Request(bot.address + ROUTE, b"{}", {"Content-Type": "text/plain"})  # noqa: S310 -- this machine
    with pytest.raises(OSError, match="415"):
        urlopen(request)  # noqa: S310 -- this machine
