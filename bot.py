#!/usr/bin/env python3
"""Offers the parts, which wiring/ builds, on the command line.

What is slow to import is imported where it is used: `bot.py clauses` needs no torch.
"""

import functools
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, TypedDict, Unpack

import click

from answer.reply import Reason
from desk.errors import DeskError
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import Question
from settings import Settings, read_settings

WRONG_USE = 2
JSON, OPEN = "json", "open"
NOT_READ = (Reason.EMPTY, Reason.TOO_LONG)

log = logging.getLogger(__name__)


class OneSentence(click.Group):
    """Whatever is wrong reaches the person as one sentence, and the debug log as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (BadInput, DeskError, OSError) as error:
            log.debug("Stopped", exc_info=True)
            click.echo(str(error), err=True)
            return ctx.exit(WRONG_USE)


class Asked(TypedDict):
    how: str | None
    batch: TextIO | None


Command = Callable[..., None]


def with_settings(command: Command) -> Command:
    """Adds the options that every command takes, and hands the command its Settings first."""

    @click.option("--policies", type=Path, help="Another folder of policies.")
    @click.option("--data", type=Path, help="Another place for what is built.")
    @functools.wraps(command)
    def configured(policies: Path | None, data: Path | None, **rest: object) -> None:
        command(read_settings(policies=policies, data=data), **rest)

    return configured


@click.group(cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Answers policy questions by quoting the clause, or says that a person must answer."""
    warnings = logging.StreamHandler()
    warnings.setLevel(logging.WARNING)  # the root's level would not hold back bm25s, set to DEBUG
    logging.basicConfig(format="%(message)s", handlers=[warnings])


@cli.command()
@click.argument("question", required=False)
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@click.option("--json", "how", flag_value=JSON, help="One JSON line instead of text.")
@click.option("--batch", type=click.File(encoding="utf-8"), help="JSON lines, or - for stdin.")
@click.option("--open", "how", flag_value=OPEN, help="Open a case where a person is needed.")
@with_settings
def ask(settings: Settings, question: str | None, role: str, **asked: Unpack[Asked]) -> None:
    """Answer QUESTION, or every question of a batch."""
    from handlers import json_lines
    from wiring.assistant import assistant

    batch, how = asked["batch"], asked["how"]
    if batch is not None and question is None and how != OPEN:
        lines = json_lines.read_batch(batch)
        json_lines.answer_batch(lines, assistant(settings).reply, sys.stdout)
    elif question is not None and batch is None:
        answer_one(settings, Question(question, json_lines.role_named(role)), how)
    else:
        raise BadInput("Give either a question in quotes, with --json or --open, or --batch FILE.")


def answer_one(settings: Settings, question: Question, how: str | None) -> None:
    from rich.console import Console

    from handlers import json_lines, terminal
    from handlers.bot_says import bot_says
    from wiring.assistant import assistant

    if how == OPEN:
        from wiring.chat import chat as chat_of

        chat_of(settings, question.role).ask(question.text)
    elif how == JSON:
        line = json_lines.BatchLine("1", question)
        click.echo(json_lines.answer_line(line, assistant(settings).reply))
    else:
        reply = assistant(settings).reply(question)
        if reply.reason in NOT_READ:
            raise BadInput(reply.lead)
        terminal.show(Console(), bot_says(reply))


@cli.command()
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@with_settings
def chat(settings: Settings, role: str) -> None:
    """Talk to the bot in the terminal."""
    from handlers.json_lines import role_named
    from handlers.terminal_chat import converse
    from wiring.chat import chat as chat_of

    converse(chat_of(settings, role_named(role)))


@cli.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=3978, help="The port to listen on.")
@with_settings
def serve(settings: Settings, host: str, port: int) -> None:
    """Run the bot on the surfaces that the settings name."""
    from wiring.serving import serve as run

    run(settings, host, port)


@cli.command()
@click.argument("file", type=Path)
def clauses(file: Path) -> None:
    """Print the clauses of one policy as JSON lines, and what is wrong with it on stderr."""
    from knowledge.printing import as_json
    from knowledge.reading import read_policy

    policy = read_policy(file)
    for clause in policy.clauses:
        click.echo(json.dumps(as_json(clause), ensure_ascii=False))
    for defect in policy.defects:
        click.echo(f"{file}:{defect.line}: {defect.problem}; {defect.assumed}", err=True)


@cli.command()
@click.option("--adapt", is_flag=True, help="First learn from the question bank anew (long).")
@with_settings
def index(settings: Settings, adapt: bool) -> None:
    """Build the index from the policies and the question bank."""
    from wiring.assistant import assistant, learn

    if adapt:
        learn(settings)
    click.echo(assistant(settings).summary)


@cli.command()
@click.argument("files", nargs=-1, type=Path, required=True)
@click.option("--plot", type=Path, help="Draw risk against coverage, and calibration.")
@with_settings
def evaluate(settings: Settings, files: tuple[Path, ...], plot: Path | None) -> None:
    """Score the bot on question files whose right answers are known."""
    from rich.console import Console

    from answer.evaluation import evaluate as score
    from handlers.scores import table
    from knowledge.bank import read_questions, read_sentence_ids
    from wiring.assistant import assistant

    texts = read_sentence_ids(settings.questions)
    questions = [question for file in files for question in read_questions(file, texts)]
    scores = score(assistant(settings), questions)
    Console().print(table(scores))
    if plot is not None:
        from handlers.plot import draw

        draw(scores, plot)


def with_office(command: Command) -> Command:
    """Hands the command its Office first; the bot itself is not built for it."""

    @with_settings
    @functools.wraps(command)
    def in_office(settings: Settings, **rest: object) -> None:
        from wiring.office import office

        command(office(settings), **rest)

    return in_office


class Later(click.Group):
    """Its commands are imported when they are asked for: the database's library is slow."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group.list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._group.get_command(ctx, cmd_name)

    @functools.cached_property
    def _group(self) -> click.Group:
        from handlers.desk_commands import desk_group

        return desk_group(with_office)


cli.add_command(Later("desk", help="Cases, published answers and records, for comms."))

if __name__ == "__main__":
    cli()
