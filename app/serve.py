"""Builds the web application of the surfaces that the settings name, and runs it."""

import asyncio
import signal
import sys
import tomllib
from contextlib import suppress

import click

from app.email import email_surfaces
from app.services import service
from app.slack import slack_surfaces
from app.teams import check_host, teams_surfaces
from app.web import login, security, theme
from app.web_application import Surface, application, listening
from handlers.conversation.services import Services
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.sessions import visitor
from handlers.web.chat.examples import EXAMPLES, Examples
from handlers.web.chat.pages import Chat
from handlers.web.desk.routes import WebDesk
from handlers.web.health import Health
from handlers.web.metrics import Metrics
from handlers.web.pages import Pages
from handlers.web.policies.pages import PolicyPages
from handlers.web.security.connections import DEFAULT_LIMITS
from knowledge.question import Question
from settings import HERE, Settings

if sys.platform != "win32":
    import resource

# The encoder loads at the first question, for seconds in which nobody should wait.
FIRST = Question("What does the policy say about this?")


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until the process is told to stop.

    Raises BadInput, DeskError and OSError at the start.
    """
    check_host(settings, host)
    services = service(settings)
    services.conversation.answers.reply(FIRST)
    _allow_open_files()
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(surfaces(settings, services), services, host, port))


def _allow_open_files() -> None:
    """Each connection is an open file, and many systems allow 1,024 unless more are asked for."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * DEFAULT_LIMITS.total
    enough = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))


async def _serve(parts: list[Surface], services: Services, host: str, port: int) -> None:
    stop = asyncio.Event()
    with suppress(NotImplementedError):  # Windows has no such signals; there Ctrl-C stops the bot
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with listening(application(services, parts), host, port):
        _announce(host, port, parts)
        await stop.wait()


def _announce(host: str, port: int, parts: list[Surface]) -> None:
    # A bot that listens on all addresses is still reached from this machine by this one.
    local = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 -- compared only
    address = f"http://[{local}]:{port}" if ":" in local else f"http://{local}:{port}"
    click.echo(f"Open {address} to ask; Ctrl-C stops the bot.")
    for part in parts:
        if isinstance(part, LocalLogin):
            click.echo(f"For the communications team, once: {part.link(address)}")


def surfaces(settings: Settings, services: Services) -> list[Surface]:
    return [
        *web_surfaces(settings, services),
        *slack_surfaces(settings, services),
        *teams_surfaces(settings, services),
        *email_surfaces(settings, services),
        *watched(services),
    ]


def web_surfaces(settings: Settings, services: Services) -> list[Surface]:
    pages = Pages(theme(settings))
    guard: list[Surface] = [security(settings, services, pages), pages, login(settings, services)]
    chat = Chat(services, visitor, examples(settings))
    return [*guard, PolicyPages(services.policies), chat, WebDesk(services)]


def watched(services: Services) -> list[Surface]:
    """What looks after the process asks these."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Health(services), Metrics(services, project["version"])]


def examples(settings: Settings) -> Examples:
    """None with policies other than those that the bot comes with."""
    given = settings.policies != Settings.model_fields["policies"].default
    return {} if given else EXAMPLES
