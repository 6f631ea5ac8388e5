"""Scores the bot on questions whose right answers are known, as text and as a picture."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from answer.evaluation import evaluate
from app.assistant import assistant
from handlers.terminal.evaluation_table import table
from knowledge.bank import read_questions, read_sentence_ids
from settings import Settings


def score(settings: Settings, files: Sequence[Path], plot: Path | None) -> None:
    texts = read_sentence_ids(settings.questions)
    questions = [question for file in files for question in read_questions(file, texts)]
    scores = evaluate(assistant(settings), questions)
    Console().print(table(scores))
    if plot is not None:
        from handlers.terminal.evaluation_plot import draw  # noqa: PLC0415 -- matplotlib takes a second

        draw(scores, plot)
