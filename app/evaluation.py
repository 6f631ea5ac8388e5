"""Scores the bot on questions whose right answers are known, as text and as a picture."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from answer.evaluation import evaluate
from app.assistant import assistant, taught_assistant
from handlers.terminal.evaluation_table import table
from handlers.terminal.quality_table import quality_table
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


def show_cards(settings: Settings) -> None:
    """A card of quality for each policy of the folder."""
    made = taught_assistant(settings)
    cards = [made.taught.card(policy, settings.accepted_risk) for policy in made.assistant.policies]
    Console().print(quality_table(cards))
