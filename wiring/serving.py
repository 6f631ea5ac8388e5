"""Builds the web application of the surfaces that the settings name, and runs it."""

import logging
from collections.abc import Awaitable, Callable

import click
from aiohttp import web

from handlers.service import Service
from handlers.web_application import Surface, application
from handlers.web_health import Health
from settings import Settings
from wiring.service import service
from wiring.slack import slack_surfaces
from wiring.teams import check_host, teams_surfaces


def serve(settings: Settings, host: str, port: int) -> None:
    """Until the process is told to stop. Raises BadInput, DeskError and OSError at the start."""
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    check_host(settings, host)
    whole = service(settings)
    app = application(whole, surfaces(settings, whole))
    app.on_startup.append(_announced(f"http://{host}:{port}"))
    web.run_app(app, host=host, port=port, print=None, access_log=None)


def _announced(address: str) -> Callable[[web.Application], Awaitable[None]]:
    async def announce(_: web.Application) -> None:
        click.echo(f"The bot listens at {address}; Ctrl-C stops it.")

    return announce


def surfaces(settings: Settings, whole: Service) -> list[Surface]:
    return [Health(whole), *slack_surfaces(settings, whole), *teams_surfaces(settings, whole)]
