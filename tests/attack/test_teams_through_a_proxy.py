"""The unauthenticated endpoint of Teams exists only on trial, and then for this machine alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.attack import nginx
from tests.attack.deployment import Bot, bot
from tests.attack.nginx import Proxy
from tests.attack.stranger import Answer, Stranger
from tests.attack.teams_activity import MESSAGES, activity
from tests.attack.test_through_a_proxy import CLIENTS_HOST, FORGED, USUAL_HEADERS


def send(stranger: Stranger, text: str = "training meeting") -> Answer:
    body = activity(text, "http://127.0.0.1:9/")
    return stranger.request("POST", MESSAGES, body, {"Content-Type": "application/json"})


@contextmanager
def deployed(folder: Path, *lines: str, **settings: object) -> Iterator[tuple[Bot, Proxy]]:
    with (
        bot(folder, **settings) as running,
        nginx.with_defaults(folder, running.port, *lines) as proxy,
    ):
        yield running, proxy


@pytest.mark.parametrize("public_url", ["", f"http://{nginx.NAME}"])
@pytest.mark.parametrize("lines", [(), USUAL_HEADERS, CLIENTS_HOST])
def test_without_a_trial_nobody_reaches_teams_without_a_token(
    tmp_path: Path, public_url: str, lines: tuple[str, ...]
) -> None:
    with deployed(tmp_path, *lines, public_url=public_url) as (running, proxy):
        for headers in FORGED:
            assert send(Stranger(proxy, headers=headers)).status in (401, 403, 404, 405)
        direct = Stranger(Proxy(running.port, tls=False), headers={"Host": "127.0.0.1"})
        assert send(direct).status in (401, 403, 404, 405)
        assert running.services.desk.casework.listed() == ()


@pytest.mark.parametrize("lines", [(), USUAL_HEADERS])
def test_on_trial_nobody_comes_through_a_proxy(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with deployed(tmp_path, *lines, teams_local_trial=True) as (running, proxy):
        for headers in FORGED:
            assert send(Stranger(proxy, headers=headers)).status == 403
        assert running.services.desk.casework.listed() == ()
        direct = Stranger(Proxy(running.port, tls=False), headers={"Host": "127.0.0.1"})
        assert send(direct).status == 202
