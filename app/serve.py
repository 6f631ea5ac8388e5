"""Builds the web application of the surfaces that the settings name, and runs it."""

import logging
import tomllib
from collections.abc import Awaitable, Callable

import click
from aiohttp import web

from app.services import service
from app.slack import slack_surfaces
from app.teams import check_host, teams_surfaces
from app.web import entrance, security
from app.web_application import Surface, application
from handlers.conversation.services import Services
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.sessions import visitor
from handlers.web.chat.pages import Chat
from handlers.web.desk.routes import WebDesk
from handlers.web.health import Health
from handlers.web.metrics import Metrics
from handlers.web.pages import Pages
from handlers.web.policies.pages import PolicyPages
from knowledge.question import Question
from settings import HERE, Settings

# The encoder loads at the first question, for seconds in which nobody should wait.
FIRST = Question("What does the policy say about this?")
EXAMPLES = HERE / "knowledge" / "examples.txt"


def serve(settings: Settings, host: str, port: int) -> None:
    """Until the process is told to stop. Raises BadInput, DeskError and OSError at the start."""
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    check_host(settings, host)
    whole = service(settings)
    whole.conversation.answers.reply(FIRST)
    parts = surfaces(settings, whole)
    app = application(whole, parts)
    app.on_startup.append(_announced(host, port, parts))
    web.run_app(app, host=host, port=port, print=None, access_log=None)


def _announced(
    host: str, port: int, parts: list[Surface]
) -> Callable[[web.Application], Awaitable[None]]:
    # Whoever listens on all addresses is still reached here by this one.
    here = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104 -- compared only

    async def announce(_: web.Application) -> None:
        click.echo(f"Open {here} to ask; Ctrl-C stops the bot.")
        for part in parts:
            if isinstance(part, LocalLogin):
                click.echo(f"For the communications team, once: {part.link(here)}")

    return announce


def surfaces(settings: Settings, whole: Services) -> list[Surface]:
    return [
        *web_surfaces(settings, whole),
        *slack_surfaces(settings, whole),
        *teams_surfaces(settings, whole),
        *watched(whole),
    ]


def web_surfaces(settings: Settings, whole: Services) -> list[Surface]:
    pages = Pages()
    guard: list[Surface] = [security(settings, whole, pages), pages, entrance(settings, whole)]
    chat = Chat(whole, visitor, examples(settings))
    return [*guard, PolicyPages(whole.policies), chat, WebDesk(whole)]


def watched(whole: Services) -> list[Surface]:
    """What looks after the process asks these."""
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Health(whole), Metrics(whole, project["version"])]


def examples(settings: Settings) -> tuple[str, ...]:
    """They are asked of the policy that the bot comes with."""
    if settings.policies != Settings.model_fields["policies"].default:
        return ()
    return tuple(EXAMPLES.read_text(encoding="utf-8").splitlines())
