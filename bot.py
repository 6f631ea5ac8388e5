#!/usr/bin/env python3
"""Offers the parts, which app/ builds, on the command line.

What is slow to import is imported where it is used: `bot.py clauses` needs no torch.
"""

import json
import logging
import sys
from pathlib import Path
from typing import TextIO, TypedDict, Unpack

import click

from app.command_line import ErrorReportingGroup, LazyGroup, with_settings
from knowledge.errors import BadInput
from knowledge.policy import Role
from knowledge.question import Question, role_named
from settings import Settings


class AskOptions(TypedDict):
    as_json: bool
    opens: bool
    batch: TextIO | None


@click.group(cls=ErrorReportingGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Answers policy questions by quoting the clause, or says that a person must answer."""
    warnings = logging.StreamHandler()
    warnings.setLevel(logging.WARNING)  # the root's level would not hold back bm25s, set to DEBUG
    logging.basicConfig(format="%(message)s", handlers=[warnings])


@cli.command()
@click.argument("question", required=False)
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of text.")
@click.option("--batch", type=click.File(encoding="utf-8"), help="JSON lines, or - for stdin.")
@click.option("--open", "opens", is_flag=True, help="Open a case where a person is needed.")
@with_settings
def ask(settings: Settings, question: str | None, role: str, **options: Unpack[AskOptions]) -> None:
    """Answer QUESTION, or every question of a batch."""
    from app.assistant import assistant
    from handlers.terminal import json_lines

    batch = options["batch"]
    if batch is not None and question is None and not options["opens"]:
        lines = json_lines.read_batch(batch)
        json_lines.answer_batch(lines, assistant(settings).reply, sys.stdout)
    elif question is not None and batch is None:
        answer_one(settings, Question(question, role_named(role)), options)
    else:
        raise BadInput("Give either a question in quotes, with --json or --open, or --batch FILE.")


def answer_one(settings: Settings, question: Question, options: AskOptions) -> None:
    match options["as_json"], options["opens"]:
        case True, True:
            from app.chat import opened_line

            click.echo(opened_line(settings, question))
        case False, True:
            from app.chat import chat as chat_of

            chat_of(settings, question.role).ask(question.text)
        case True, False:
            from app.ask import line

            click.echo(line(settings, question))
        case _:
            from app.ask import show

            show(settings, question)


@cli.command()
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@with_settings
def chat(settings: Settings, role: str) -> None:
    """Talk to the bot in the terminal."""
    from app.chat import chat as chat_of
    from handlers.terminal.chat import converse

    converse(chat_of(settings, role_named(role)))


@cli.command()
@click.option("--host", default="127.0.0.1", help="The address to listen on.")
@click.option("--port", default=3978, help="The port to listen on.")
@with_settings
def serve(settings: Settings, host: str, port: int) -> None:
    """Run the bot on the surfaces that the settings name."""
    from app.serve import serve as run

    run(settings, host, port)


@cli.command("teams-package")
@click.option("--out", type=Path, default=Path("teams-package.zip"), help="Where to write it.")
@click.option("--council", default="Communications", help="Who offers the app, as Teams shows it.")
@with_settings
def teams_package(settings: Settings, out: Path, council: str) -> None:
    """Write the app package that a Teams administrator uploads."""
    from handlers.teams.app_package import PERMISSIONS, App, write_package

    write_package(App(settings.teams_app_id, settings.public_url, council), out)
    click.echo(f"{out}: upload it in the Teams admin centre, under Manage apps.\n\n{PERMISSIONS}")


@cli.command()
@click.argument("file", type=Path)
@click.option("--html", "page", type=Path, help="Write a page that shows how it was read instead.")
def clauses(file: Path, page: Path | None) -> None:
    """Print the clauses of one policy as JSON lines, and its warnings on stderr.

    FILE is a PDF, Word, OpenDocument, HTML, Markdown or text file.
    """
    from knowledge.clause_json import as_json
    from knowledge.documents.files import read_file

    reading = read_file(file)
    if page is not None:
        from handlers.web.policies.reading_preview import preview_page

        page.write_text(preview_page(reading, file.name), encoding="utf-8")
        click.echo(f"{page}: open it in a browser to check how {file.name} was read.")
        return
    for clause in reading.policy.clauses:
        click.echo(json.dumps(as_json(clause), ensure_ascii=False))
    for defect in reading.policy.defects:
        click.echo(f"{file}:{defect.line}: {defect.problem}; {defect.assumed}", err=True)


@cli.command()
@click.option("--adapt", is_flag=True, help="First learn from the question bank anew (long).")
@with_settings
def index(settings: Settings, adapt: bool) -> None:
    """Build the index from the policies and the question bank."""
    from app.assistant import assistant, learn

    if adapt:
        learn(settings)
    click.echo(assistant(settings).summary)


@cli.command()
@click.argument("files", nargs=-1, type=Path, required=True)
@click.option("--plot", type=Path, help="Draw risk against coverage, and calibration.")
@with_settings
def evaluate(settings: Settings, files: tuple[Path, ...], plot: Path | None) -> None:
    """Score the bot on question files whose right answers are known."""
    from app.evaluation import score

    score(settings, files, plot)


cli.add_command(LazyGroup("desk", help="Cases, published answers and records, for comms."))

if __name__ == "__main__":
    cli()
