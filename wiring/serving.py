"""Builds the web application of the surfaces that the settings name, and runs it."""

import logging
from collections.abc import Awaitable, Callable

import click
from aiohttp import web

from handlers.service import Service
from handlers.web_application import Surface, application
from handlers.web_chat import Chat
from handlers.web_desk import WebDesk
from handlers.web_health import Health
from handlers.web_local import LocalEntrance
from handlers.web_pages import Pages
from handlers.web_policies import PolicyPages
from handlers.web_sessions import visitor
from settings import HERE, Settings
from wiring.service import service
from wiring.web import entrance, security

EXAMPLES = HERE / "knowledge" / "examples.txt"


def serve(settings: Settings, host: str, port: int) -> None:
    """Until the process is told to stop. Raises BadInput, DeskError and OSError at the start."""
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    whole = service(settings)
    parts = surfaces(settings, whole)
    app = application(whole, parts)
    app.on_startup.append(_announced(f"http://{host}:{port}", parts))
    web.run_app(app, host=host, port=port, print=None, access_log=None)


def _announced(address: str, parts: list[Surface]) -> Callable[[web.Application], Awaitable[None]]:
    async def announce(_: web.Application) -> None:
        click.echo(f"Open {address} to ask; Ctrl-C stops the bot.")
        for part in parts:
            if isinstance(part, LocalEntrance):
                click.echo(f"For the communications team, once: {part.link(address)}")

    return announce


def surfaces(settings: Settings, whole: Service) -> list[Surface]:
    pages = Pages()
    guard: list[Surface] = [security(settings, whole, pages), pages, entrance(settings, whole)]
    chat = Chat(whole, visitor, examples(settings))
    return [*guard, PolicyPages(whole.policies), chat, WebDesk(whole), Health(whole)]


def examples(settings: Settings) -> tuple[str, ...]:
    """They are asked of the policy that the bot comes with."""
    if settings.policies != Settings.model_fields["policies"].default:
        return ()
    return tuple(EXAMPLES.read_text(encoding="utf-8").splitlines())
