#!/usr/bin/env python3
"""The command line: each command reads its options and calls what app/ builds.

Slow imports stand inside the commands that need them, so that the others start at once.
"""

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypedDict, Unpack

import click

from app.command_line import ErrorReportingGroup, LazyGroup, with_settings
from knowledge.errors import BadInput
from knowledge.json_objects import LARGEST_FILE
from knowledge.policy import Role
from knowledge.question import Question, role_named
from settings import Settings

if TYPE_CHECKING:
    from app.questions import Imported

ROLE = click.option(
    "--role", default=str(Role.STAFF), help="Who asks: staff, manager or councillor."
)
POLICY = click.argument("policy")


class AskOptions(TypedDict):
    as_json: bool
    opens: bool
    batch: TextIO | None


@click.group(cls=ErrorReportingGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Answer questions about policies by quoting the clause, or hand them to a person."""
    logging.basicConfig(format="%(message)s")
    logging.getLogger("app").setLevel(logging.INFO)  # such as that the policies were read again


@cli.command()
@click.argument("question", required=False)
@ROLE
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line instead of text.")
@click.option("--batch", type=click.File(encoding="utf-8"), help="JSON lines; - is stdin.")
@click.option("--open", "opens", is_flag=True, help="Open a case if the bot cannot answer.")
@with_settings
def ask(settings: Settings, question: str | None, role: str, **options: Unpack[AskOptions]) -> None:
    """Answer QUESTION, or each question of a batch."""
    from app.assistant import assistant
    from handlers.terminal import json_lines

    batch = options["batch"]
    if batch is not None and question is None and not options["opens"]:
        lines = json_lines.read_batch(batch)
        json_lines.answer_batch(lines, assistant(settings).reply, sys.stdout)
    elif question is not None and batch is None:
        _answer_one(settings, Question(question, role_named(role)), options)
    else:
        raise BadInput("Give either a question in quotes, with --json or --open, or --batch FILE.")


def _answer_one(settings: Settings, question: Question, options: AskOptions) -> None:
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
@ROLE
@with_settings
def chat(settings: Settings, role: str) -> None:
    """Talk to the bot in the terminal."""
    from app.chat import chat as chat_of
    from handlers.terminal.chat import converse

    converse(chat_of(settings, role_named(role)))


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=3978, show_default=True, help="The port to listen on.")
@with_settings
def serve(settings: Settings, host: str, port: int) -> None:
    """Run the bot: web pages, Slack and Teams.

    Slack and Teams run if the settings name them.
    """
    from app.serve import serve as run

    run(settings, host, port)


@cli.command("teams-package")
@click.option(
    "--out",
    type=Path,
    default=Path("teams-package.zip"),
    show_default=True,
    help="The file to write.",
)
@click.option("--council", default="Communications", help="The council's name, as Teams shows it.")
@with_settings
def teams_package(settings: Settings, out: Path, council: str) -> None:
    """Write the app package for Teams."""
    from handlers.teams.app_package import PERMISSIONS, App, write_package

    write_package(App(settings.teams_app_id, settings.public_url, council), out)
    click.echo(f"Upload {out} in the Teams admin centre, under Manage apps.\n\n{PERMISSIONS}")


@cli.command()
@click.argument("file", type=Path)
@click.option("--html", "page", type=Path, help="Write a page to check the reading instead.")
def clauses(file: Path, page: Path | None) -> None:
    """Show how a policy file is read: PDF, Word, OpenDocument, HTML, Markdown or text.

    Prints one JSON line for each clause, and warnings about the document on stderr. With --html
    it writes a page with the clauses beside the printed lines.
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
@click.option("--adapt", is_flag=True, help="Train the encoder on the question bank first (long).")
@click.option(
    "--calibrate", is_flag=True, help="Measure first how far answers can be trusted (minutes)."
)
@with_settings
def index(settings: Settings, adapt: bool, calibrate: bool) -> None:
    """Build the index of the policies."""
    from app.assistant import assistant, learn

    if adapt or calibrate:
        learn(settings, adapt=adapt)
    click.echo(assistant(settings).summary)


@cli.command()
@click.argument("files", nargs=-1, type=Path)
@click.option("--plot", type=Path, metavar="PICTURE", help="Draw risk, coverage and calibration.")
@with_settings
def evaluate(settings: Settings, files: tuple[Path, ...], plot: Path | None) -> None:
    """Score the bot on questions with known answers.

    Without FILES it shows a card of quality for each policy, by its own example questions.
    """
    from app.evaluation import score, show_cards

    if files:
        score(settings, files, plot)
    elif plot is None:
        show_cards(settings)
    else:
        raise BadInput("A picture needs files of questions: evaluate FILE --plot PICTURE.")


@cli.group()
def questions() -> None:
    """Teach a policy with example questions."""


@questions.command()
@POLICY
@with_settings
def prompt(settings: Settings, policy: str) -> None:
    """Write prompts that ask for example questions of POLICY.

    Paste each into the assistant that your council allows, put the answers into one file, and
    import it.
    """
    from app.questions import policy_named
    from handlers.terminal.question_text import prompt_lines
    from knowledge.teaching_prompt import Prompts

    for text in prompt_lines(Prompts(policy_named(settings, policy))):
        click.echo(text)


@questions.command("import")
@POLICY
@click.argument("file", type=click.File("rb"))
@with_settings
def import_questions(settings: Settings, policy: str, file: BinaryIO) -> None:
    """Check the example questions in FILE and teach POLICY with them; - is stdin."""
    from app.questions import take

    _report(take(settings, policy, file.read(LARGEST_FILE + 1)))


@questions.command()
@POLICY
@with_settings
def draft(settings: Settings, policy: str) -> None:
    """Have the language model of QUESTION_WRITER_URL write example questions, and import them.

    Only the text of POLICY is sent. If it is interrupted, run it again to go on.
    """
    from app.question_drafts import draft as drafted
    from app.questions import policy_named, take
    from handlers.terminal.progress import progress_bars

    with progress_bars() as progress:
        found = drafted(settings, policy_named(settings, policy), progress)
    for problem in found.problems:
        click.echo(problem, err=True)
    _report(take(settings, policy, found.content))


@questions.command()
@POLICY
@with_settings
def export(settings: Settings, policy: str) -> None:
    """Write the example questions of POLICY as JSON lines, as `import` reads them."""
    from app.questions import stored
    from handlers.terminal.question_text import json_line

    for question in stored(settings, policy):
        click.echo(json_line(question))


@questions.command()
@POLICY
@click.confirmation_option(prompt="Delete all example questions of this policy?")
@with_settings
def delete(settings: Settings, policy: str) -> None:
    """Delete all example questions of POLICY, which need not be in force any more."""
    from app.questions import delete_all

    click.echo(f"{delete_all(settings, policy)} questions were deleted.")


@questions.command("list")
@with_settings
def list_policies(settings: Settings) -> None:
    """List the policies that have example questions, and how many each has."""
    from app.questions import counts

    for name, number in counts(settings).items():
        click.echo(f"{name}: {number}")


def _report(imported: "Imported") -> None:
    from handlers.terminal.question_text import import_lines

    for line in import_lines(imported.checked, imported.added, imported.in_all, imported.card):
        click.echo(line)


cli.add_command(LazyGroup("desk", help="Cases and published answers, for comms."))

if __name__ == "__main__":
    cli()
