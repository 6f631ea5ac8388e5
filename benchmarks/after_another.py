"""How a question fares that follows another one with which it has nothing to do.

    python -m benchmarks.after_another QUESTIONS...

Each question is asked by itself, and again after one that was drawn by chance from the others.
The baseline reads every message together with the one before it.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from answer.evaluation import Outcome, Scores, evaluate, is_answered, is_handled_right
from app.assistant import assistant
from app.command_line import with_settings
from knowledge.bank import BankQuestion, Intent, read_questions, read_sentence_ids
from settings import Settings

HEADINGS = ("", "answered right", "answered wrong", "others answered", "others handled right")
SEED = 7


def read_together(question: BankQuestion) -> BankQuestion:
    """The question and the one before it as one message."""
    asked = question.asked
    text = " ".join([*asked.history[-1:], asked.text])
    return replace(question, asked=replace(asked, text=text, history=()))


def after_another(questions: Sequence[BankQuestion]) -> Iterator[BankQuestion]:
    earlier = list(questions)
    random.Random(SEED).shuffle(earlier)
    for question, other in zip(questions, earlier, strict=True):
        asked = replace(question.asked, history=(other.asked.text,))
        yield replace(question, asked=asked)


def row(scores: Scores) -> tuple[str, ...]:
    answerable = scores.of(Intent.ANSWERABLE)
    others = [each for each in scores.outcomes if each.question.kind is not Intent.ANSWERABLE]
    right = [each for each in answerable if is_answered(each) and not each.wrong]
    wrong = [each for each in answerable if is_answered(each) and each.wrong]
    return (
        _share(right, answerable),
        _share(wrong, answerable),
        _share([each for each in others if is_answered(each)], others),
        _share([each for each in others if is_handled_right(each)], others),
    )


def _share(some: Sequence[Outcome], among: Sequence[Outcome]) -> str:
    return f"{len(some)} of {len(among)}"


@click.command()
@click.argument("files", nargs=-1, type=Path, required=True)
@with_settings
def main(settings: Settings, files: tuple[Path, ...]) -> None:
    texts = read_sentence_ids(settings.questions)
    every = [each for file in files for each in read_questions(file, texts)]
    alone = [each for each in every if not each.asked.history]
    followed = list(after_another(alone))
    bot = assistant(settings)
    together = map(read_together, followed)
    table = Table(*HEADINGS)
    table.add_row("asked first", *row(evaluate(bot, alone)))
    table.add_row("after another, read together", *row(evaluate(bot, together)))
    table.add_row("after another, this bot", *row(evaluate(bot, followed)))
    Console().print(table)


if __name__ == "__main__":
    main()
