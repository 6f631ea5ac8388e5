"""What the commands of bot.py share: settings, late imports, and one sentence for each error."""

import functools
import logging
from collections.abc import Callable
from pathlib import Path

import click

from app.private_files import close_to_others, keep_files_private
from desk.model.errors import DeskError
from knowledge.errors import BadInput
from settings import BadSettings, Settings, read_settings

WRONG_USE = 2

log = logging.getLogger(__name__)

Command = Callable[..., None]


class ErrorReportingGroup(click.Group):
    """Runs a command with private files. Prints an expected error as one sentence; the traceback
    goes to the debug log."""

    def invoke(self, ctx: click.Context) -> object:
        keep_files_private()
        try:
            return super().invoke(ctx)
        except (BadInput, BadSettings, DeskError, OSError) as error:
            log.debug("Stopped", exc_info=True)
            click.echo(str(error), err=True)
            return ctx.exit(WRONG_USE)


def with_settings(command: Command) -> Command:
    """Adds the options that every command has, and passes the settings as first argument."""

    @click.option("--policies", type=Path, metavar="DIR", help="Another folder of policies.")
    @click.option("--data", type=Path, metavar="DIR", help="Another folder for index and cases.")
    @functools.wraps(command)
    def with_options(policies: Path | None, data: Path | None, **rest: object) -> None:
        settings = read_settings(policies=policies, data=data)
        close_to_others(settings.data)
        command(settings, **rest)

    return with_options


def with_staff_context(command: Command) -> Command:
    """Passes the desk and the person at it as first argument. The bot itself is not built."""

    @with_settings
    @functools.wraps(command)
    def with_desk(settings: Settings, **rest: object) -> None:
        from app.desk import staff_context  # noqa: PLC0415 -- the database's library is slow

        command(staff_context(settings), **rest)

    return with_desk


class LazyGroup(click.Group):
    """Imports its commands when one of them is called: the database's library is slow."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group.list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._group.get_command(ctx, cmd_name)

    @functools.cached_property
    def _group(self) -> click.Group:
        from handlers.terminal.desk_commands import desk_group  # noqa: PLC0415 -- see above

        return desk_group(with_staff_context)
