#!/usr/bin/env python3
"""Builds the parts, wires them, and offers them on the command line.

What is slow to import is imported where it is used: `bot.py clauses` needs no torch.
"""

import functools
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from knowledge.errors import BadInput
from knowledge.policy import Role, sentences_of
from knowledge.question import Question
from settings import Settings, read_settings

if TYPE_CHECKING:
    from answer.assistant import Assistant
    from index.build import Progress

WRONG_USE = 2

log = logging.getLogger(__name__)


def build(settings: Settings, progress: "Progress") -> "Assistant":
    """Everything there is, made once. Raises BadInput for what the settings name wrongly."""
    from answer.assistant import Assistant
    from answer.trained import read_encoders, read_judgements
    from index.build import open_index
    from knowledge.bank import read_bank, tie_to
    from knowledge.reading import read_policies

    policies = read_policies(settings.policies)
    encoders = read_encoders(settings.trained, settings.model)
    sentences = sentences_of(policies) if encoders.know_the_bank else frozenset()
    bank = tie_to(read_bank(settings.questions), sentences)
    if bank.orphans:
        log.warning("Left out of the bank, their sentences being gone: %s", ", ".join(bank.orphans))
    index = open_index(encoders, policies, bank, settings.data / "index", progress)
    judgements = read_judgements(settings.trained)
    return Assistant(policies, index, judgements, settings.accepted_risk, settings.contacts)


class OneSentence(click.Group):
    """Whatever is wrong reaches the person as one sentence, and the debug log as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (BadInput, OSError) as error:
            log.debug("Stopped", exc_info=True)
            click.echo(str(error), err=True)
            return ctx.exit(WRONG_USE)


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
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG


@cli.command()
@click.argument("question", required=False)
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@click.option("--json", "as_json", is_flag=True, help="One JSON line instead of text.")
@click.option("--batch", type=click.File(encoding="utf-8"), help="JSON lines, or - for stdin.")
@with_settings
def ask(
    settings: Settings, question: str | None, role: str, as_json: bool, batch: TextIO | None
) -> None:
    """Answer QUESTION, or every question of a batch."""
    from rich.console import Console

    from handlers import json_lines, terminal

    if batch is not None and question is None:
        lines = json_lines.read_batch(batch)
        json_lines.answer_batch(lines, opened(settings).reply, sys.stdout)
    elif question is not None and batch is None:
        asked = Question(question, json_lines.role_named(role))
        reply = opened(settings).reply
        if as_json:
            click.echo(json_lines.answer_line(json_lines.BatchLine("1", asked), reply))
        else:
            terminal.show(Console(), reply(asked))
    else:
        raise BadInput("Give either a question in quotes or --batch FILE.")


@cli.command()
@click.option("--role", default=str(Role.STAFF), help="staff, manager or councillor")
@with_settings
def chat(settings: Settings, role: str) -> None:
    """Talk to the bot in the terminal."""
    from rich.console import Console

    from handlers import json_lines, terminal

    asker = json_lines.role_named(role)
    terminal.converse(Console(), opened(settings).reply, asker)


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
    if adapt:
        learn(settings)
    click.echo(opened(settings).summary)


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

    texts = read_sentence_ids(settings.questions)
    questions = [question for file in files for question in read_questions(file, texts)]
    scores = score(opened(settings), questions)
    Console().print(table(scores))
    if plot is not None:
        from handlers.plot import draw

        draw(scores, plot)


def opened(settings: Settings) -> "Assistant":
    from handlers.progress import progress_bars

    with progress_bars() as progress:
        return build(settings, progress)


def learn(settings: Settings) -> None:
    """Adapt encoder and judgements to the bank, into the folder of what was learned."""
    from answer.training import Lessons, read_elsewhere, train
    from handlers.progress import progress_bars
    from knowledge.bank import read_bank, tie_to
    from knowledge.reading import read_policies

    policies = read_policies(settings.policies)
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    lessons = Lessons(policies, bank, read_elsewhere(settings.elsewhere))
    with progress_bars() as progress:
        train(settings.model, lessons, settings.trained, progress)


if __name__ == "__main__":
    cli()
