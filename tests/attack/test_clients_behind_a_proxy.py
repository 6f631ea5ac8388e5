"""Behind the documented proxy each client is counted apart, and none escapes its count."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handlers.web.security.rate_limits import SIGN_INS
from tests.attack import nginx
from tests.attack.deployment import bot
from tests.attack.nginx import Proxy
from tests.attack.stranger import Stranger

MOST = SIGN_INS[1].amount
PUBLIC_URL = f"https://{nginx.NAME}"


@contextmanager
def deployed(folder: Path, trusted_proxies: str) -> Iterator[Proxy]:
    with (
        bot(folder, public_url=PUBLIC_URL, trusted_proxies=trusted_proxies) as running,
        nginx.with_example(folder, running.port) as proxy,
    ):
        yield proxy


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    with deployed(tmp_path, "127.0.0.1") as started:
        yield started


def tries(client: Stranger, number: int) -> list[int]:
    """The statuses of so many tries to sign in, each from a fresh browser."""
    statuses = []
    for _ in range(number):
        client.cookies.clear()
        statuses.append(client.get("/sign-in").status)
    return statuses


def test_a_second_client_keeps_its_own_limit(proxy: Proxy) -> None:
    assert tries(Stranger(proxy, "127.0.0.2"), MOST + 1)[-2:] == [404, 429]
    assert tries(Stranger(proxy, "127.0.0.3"), 1) == [404]


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-For": "192.0.2.1"},
        {"X-Forwarded-For": "127.0.0.1"},
        {"X-Real-IP": "192.0.2.1"},
        {"Forwarded": "for=192.0.2.1"},
    ],
    ids=str,
)
def test_no_header_of_a_client_makes_it_another(proxy: Proxy, forged: dict[str, str]) -> None:
    assert tries(Stranger(proxy, "127.0.0.2"), MOST)[-1] == 404
    assert tries(Stranger(proxy, "127.0.0.2", forged), 1) == [429]


def test_without_a_trusted_proxy_its_headers_do_not_count(tmp_path: Path) -> None:
    with deployed(tmp_path, "") as proxy:
        assert tries(Stranger(proxy, "127.0.0.2"), MOST)[-1] == 404
        assert tries(Stranger(proxy, "127.0.0.3"), 1) == [429]


def test_the_pages_for_monitoring_are_not_public(proxy: Proxy) -> None:
    for path in ("/metrics", "/readyz", "/healthz"):
        assert Stranger(proxy, "127.0.0.2").get(path).status == 403
        assert Stranger(proxy, "127.0.0.1").get(path).status == 200


def test_a_browser_is_led_to_https_and_stays_there(proxy: Proxy) -> None:
    answer = Stranger(proxy).get("/")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert answer.headers["Set-Cookie"].startswith("__Host-visitor=")


def test_an_uploaded_policy_may_be_large_and_nothing_else(proxy: Proxy) -> None:
    """nginx names itself in its own refusal. The bot refuses the stranger for other reasons."""
    stranger, body = Stranger(proxy), b"x" * (20 * 1024 * 1024)
    assert "nginx" not in stranger.request("POST", "/desk/policies/upload", body).text
    refused = stranger.request("POST", "/ask", body[: 2 * 1024 * 1024])
    assert (refused.status, "nginx" in refused.text) == (413, True)
