"""A stranger who comes through a proxy on the bot's own machine gets nothing of the desk."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from desk.model.sign_in import AccessLevel
from handlers.web.security.middleware import SESSION_LASTS
from tests.attack import nginx
from tests.attack.deployment import Bot, bot
from tests.attack.nginx import Proxy
from tests.attack.stranger import Stranger
from tests.desk.council import JANE

Deployment = tuple[Bot, Proxy]
USUAL_HEADERS = (
    "proxy_set_header Host $host;",
    "proxy_set_header X-Real-IP $remote_addr;",
    "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
    "proxy_set_header X-Forwarded-Proto $scheme;",
)
CLIENTS_HOST = ("proxy_set_header Host $http_host;", "proxy_http_version 1.1;")
FORGED = [
    {},
    {"Host": "localhost"},
    {"Host": "127.0.0.1", "Origin": "http://127.0.0.1"},
    {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"Forwarded": "for=127.0.0.1;host=localhost;proto=https"},
    {"X-Forwarded-Host": "localhost", "X-Forwarded-Proto": "https"},
]
PAGES = (
    "/desk",
    "/desk?status=all",
    "/desk/cases/C-1",
    "/desk/published",
    "/desk/gaps",
    "/desk/insights",
    "/desk/switches",
    "/desk/records",
    "/desk/records/audit.csv",
    "/desk/records/report.json",
    "/desk/events",
)
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/desk/cases/C-1/claim", {}),
    ("/desk/cases/C-1/answer", {"text": "Yes, you may."}),
    ("/desk/cases/C-1/close", {"reason": "Done."}),
    ("/desk/switches", {"switch": "off", "state": "on"}),
    ("/desk/records/erase", {"key": "web:ann", "again": "web:ann"}),
    ("/withdraw", {"ref": "C-1"}),
    ("/add", {"ref": "C-1", "text": "Never mind."}),
    ("/feedback", {"question": "1", "verdict": "helpful"}),
    ("/ask-comms", {"question": "1"}),
)


@contextmanager
def _bare(folder: Path, public_url: str, *more: str) -> Iterator[Deployment]:
    with (
        bot(folder, public_url=public_url) as running,
        nginx.with_defaults(folder, running.port, *more) as proxy,
    ):
        yield running, proxy


@contextmanager
def _documented(folder: Path) -> Iterator[Deployment]:
    public_url = f"https://{nginx.NAME}"
    with (
        bot(folder, public_url=public_url, trusted_proxies="127.0.0.1") as running,
        nginx.with_example(folder, running.port) as proxy,
    ):
        yield running, proxy


HTTP = f"http://{nginx.NAME}"
WITH_PUBLIC_URL: dict[str, Callable[[Path], AbstractContextManager[Deployment]]] = {
    "defaults, PUBLIC_URL set": lambda folder: _bare(folder, HTTP),
    "usual headers, PUBLIC_URL set": lambda folder: _bare(folder, HTTP, *USUAL_HEADERS),
    "the client's Host, PUBLIC_URL set": lambda folder: _bare(folder, HTTP, *CLIENTS_HOST),
    "as documented": _documented,
}
RECOGNISED = {
    "defaults": lambda folder: _bare(folder, ""),
    "usual headers": lambda folder: _bare(folder, "", *USUAL_HEADERS),
    **WITH_PUBLIC_URL,
}
# A proxy that adds no header, speaks HTTP/1.1 and passes on whatever Host a client writes cannot
# be told from a browser on the machine. Only the printed link guards the desk until PUBLIC_URL
# is set.
DEPLOYMENTS = {"the client's Host": lambda folder: _bare(folder, "", *CLIENTS_HOST), **RECOGNISED}


@pytest.fixture(params=DEPLOYMENTS, scope="module")
def deployment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("attack")
    with DEPLOYMENTS[request.param](folder) as running:
        running[0].case()
        yield running


@pytest.fixture(params=FORGED, ids=lambda headers: ", ".join(headers) or "plain")
def stranger(request: pytest.FixtureRequest, deployment: Deployment) -> Stranger:
    return Stranger(deployment[1], headers=request.param)


def test_a_stranger_reads_nothing_of_the_desk(stranger: Stranger) -> None:
    for path in PAGES:
        answer = stranger.get(path)
        assert answer.status in (403, 404, 421), path
        assert "training" not in answer.text


def test_a_stranger_changes_nothing(deployment: Deployment, stranger: Stranger) -> None:
    desk = deployment[0].services.desk
    before = desk.casework.show("C-1")
    for path, fields in FORMS:
        stranger.post(path, since=str(before.events[-1].id), **fields)
    assert desk.casework.show("C-1") == before
    assert desk.switches.on() == frozenset()


@pytest.mark.parametrize("deployment", RECOGNISED, indirect=True)
def test_the_printed_link_opens_nothing_for_a_stranger(
    deployment: Deployment, stranger: Stranger
) -> None:
    link = deployment[0].printed_link() or "/desk?key=guessed"
    assert stranger.get(link).status == 403
    assert stranger.get("/desk").status == 403


@pytest.mark.parametrize("deployment", RECOGNISED, indirect=True)
def test_a_session_that_was_opened_on_the_machine_is_worth_nothing_outside(
    deployment: Deployment, stranger: Stranger
) -> None:
    secret = deployment[0].services.desk.sign_ins.open(JANE, AccessLevel.OWNER, SESSION_LASTS)
    stranger.cookies = {"desk": secret, "__Host-desk": secret}
    for path in PAGES[:3]:
        assert stranger.get(path).status == 403


@pytest.mark.parametrize("deployment", WITH_PUBLIC_URL, indirect=True)
def test_a_visitor_is_served_through_the_proxy(deployment: Deployment) -> None:
    ann = Stranger(deployment[1])
    asked = ann.post("/ask", text="may I have the logo on my blog", role="staff")
    assert asked.status == 303, asked.text
    assert "Avoid use of the council logo" in ann.get("/").text


@pytest.mark.parametrize("deployment", ["defaults"], indirect=True)
def test_without_a_public_address_a_visitor_is_told_what_must_be_set(
    deployment: Deployment,
) -> None:
    asked = Stranger(deployment[1]).post("/ask", text="hello", role="staff")
    assert asked.status == 403
    assert f"must set PUBLIC_URL={HTTP}" in asked.text
