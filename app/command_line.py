"""What all commands of bot.py share: the settings, late imports, one sentence for what is wrong."""

import functools
import logging
from collections.abc import Callable
from pathlib import Path

import click

from desk.model.errors import DeskError
from knowledge.errors import BadInput
from settings import BadSettings, Settings, read_settings

WRONG_USE = 2

log = logging.getLogger(__name__)

Command = Callable[..., None]


class ErrorReportingGroup(click.Group):
    """Whatever is wrong reaches the person as one sentence, and the debug log as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (BadInput, BadSettings, DeskError, OSError) as error:
            log.debug("Stopped", exc_info=True)
            click.echo(str(error), err=True)
            return ctx.exit(WRONG_USE)


def with_settings(command: Command) -> Command:
    """Adds the options that every command takes, and hands the command its Settings first."""

    @click.option("--policies", type=Path, help="Another folder of policies.")
    @click.option("--data", type=Path, help="Another place for what is built.")
    @functools.wraps(command)
    def configured(policies: Path | None, data: Path | None, **rest: object) -> None:
        command(read_settings(policies=policies, data=data), **rest)

    return configured


def with_staff_context(command: Command) -> Command:
    """Hands the command its Office first; the bot itself is not built for it."""

    @with_settings
    @functools.wraps(command)
    def in_office(settings: Settings, **rest: object) -> None:
        from app.desk import office  # noqa: PLC0415 -- the database's library is slow

        command(office(settings), **rest)

    return in_office


class LazyGroup(click.Group):
    """Its commands are imported when they are asked for: the database's library is slow."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group.list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._group.get_command(ctx, cmd_name)

    @functools.cached_property
    def _group(self) -> click.Group:
        from handlers.terminal.desk_commands import desk_group  # noqa: PLC0415 -- see above

        return desk_group(with_staff_context)
