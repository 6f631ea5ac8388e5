"""How long the bot and its peers take for a question, and how many they answer a second.

    python -m benchmarks.latency QUESTIONS...

Each system is warm and has one torch thread; the questions are asked one after another, then by
ASKERS at once.
"""

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import click
import torch

from app.assistant import assistant
from app.command_line import with_settings
from benchmarks.peers import peers
from knowledge.bank import read_questions, read_sentence_ids
from knowledge.question import Question
from settings import Settings

ASKERS = 8
ROUNDS = 3

Ask = Callable[[Question], object]


@dataclass(frozen=True, slots=True)
class Figures:
    """`milliseconds` of each question, asked alone; the rate is that of ASKERS at once."""

    milliseconds: tuple[float, ...]
    questions_per_second: float


def measure(ask: Ask, questions: Sequence[Question]) -> Figures:
    for question in questions:
        ask(question)
    asked = list(questions) * ROUNDS
    return Figures(tuple(_milliseconds(ask, question) for question in asked), _rate(ask, asked))


def _milliseconds(ask: Ask, question: Question) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1000


def _rate(ask: Ask, questions: Sequence[Question]) -> float:
    with ThreadPoolExecutor(ASKERS) as askers:
        began = time.perf_counter()
        list(askers.map(ask, questions))
        return len(questions) / (time.perf_counter() - began)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(name: str, found: Figures) -> str:
    late = quantiles(found.milliseconds, n=20)[-1]
    middle, rate = median(found.milliseconds), found.questions_per_second
    return f"{name:16}{middle:>12.1f}{late:>12.1f}{rate:>16.1f}"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
@with_settings
def main(settings: Settings, files: tuple[Path, ...]) -> None:
    """Time the bot and its peers on the questions of question files."""
    torch.set_num_threads(1)
    texts = read_sentence_ids(settings.questions)
    questions = [question.asked for file in files for question in read_questions(file, texts)]
    bot = assistant(settings)
    print(f"{len(questions)} questions, {ROUNDS} times")
    print(f"{'':16}{'median ms':>12}{'95 % ms':>12}{f'{ASKERS} at once: /s':>16}")
    print(line("this bot", measure(bot.reply, questions)))
    peak = peak_megabytes()  # before the peers add theirs
    for peer in peers(bot.policies):
        print(line(peer.name, measure(peer.search, questions)))
    print(f"Peak memory of this bot: {peak:.0f} MB")


if __name__ == "__main__":
    main()
