"""How time and memory grow with the number of clauses.

    python -m benchmarks.scale [CLAUSES ...]

The policies are the default guidance and invented ones of CLAUSES_EACH clauses, made of clauses of
knowledge/corpora with a place of their own; their files are not read. Each measurement has a fresh
process, so that its memory is its own. The baseline is plain search: MiniLM on the same ONNX
Runtime and an exact search of one vector a clause by FAISS.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TypeVar

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from answer.artifacts import read_confidence_models, read_encoders
from answer.assistant import Assistant
from handlers.terminal.progress import progress_bars
from index.build import open_index
from index.learned_bank import IndexPaths
from index.model_files import PACKAGED, model_files
from index.nearest import NearestVectors
from index.onnx_minilm import OnnxMiniLm
from index.query_text import query_text
from index.search import Index
from knowledge.bank import read_bank, read_questions, tie_to
from knowledge.documents.files import read_policies
from knowledge.policy import Clause, Policy, sentences_of
from knowledge.question import Question
from settings import Settings

SIZES = (100, 1_000, 10_000, 50_000)
CLAUSES_EACH = 100
EVERY = 30  # of the questions of the corpora is asked
NEAREST = 3

Found = dict[str, float]
Asked = TypeVar("Asked")


def invented(settings: Settings, clauses: int) -> Iterator[Policy]:
    """So many clauses in all."""
    (guidance,) = read_policies(settings.policies)
    yield guidance
    others = read_policies(settings.corpora)
    pool = cycle(clause for policy in others for clause in policy.clauses)
    left, number = clauses - len(guidance.clauses), 0
    while left > 0:
        number += 1
        place = f"Ward {number}"
        placed = tuple(_placed(clause, place) for clause in islice(pool, min(left, CLAUSES_EACH)))
        left -= len(placed)
        yield Policy(f"ward-{number}", f"Policy of {place}", "", placed, ())


def _placed(clause: Clause, place: str) -> Clause:
    sentences = tuple(
        replace(each, text=f"In {place}: {each.text}", lead_in="") for each in clause.sentences
    )
    return replace(clause, text="\n".join(each.text for each in sentences), sentences=sentences)


def asked(settings: Settings) -> list[Question]:
    """Questions about invented policies, and of the traffic about the default guidance."""
    found = [
        question.asked
        for path in sorted(settings.corpora.glob("*.questions.jsonl"))
        for question in read_questions(path, {})
    ]
    traffic = [each.asked for each in read_bank(settings.questions) if each.traffic]
    return [*found[::EVERY], *traffic[::EVERY]]


def _opened(settings: Settings, policies: Sequence[Policy], folder: Path) -> Index:
    encoders = read_encoders(settings.trained, settings.model)
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    places = IndexPaths(folder / "index", settings.trained / "questions")
    with progress_bars() as progress:
        return open_index(encoders, policies, bank, places, progress)


def build(settings: Settings, clauses: int, folder: Path) -> Found:
    policies = [*invented(settings, clauses)]
    began = time.perf_counter()
    index = _opened(settings, policies, folder)
    return {"build, s": time.perf_counter() - began, "sentences": len(index.passages)}


def add(settings: Settings, clauses: int, folder: Path) -> Found:
    """One policy more, by a fresh process."""
    policies = [*invented(settings, clauses + CLAUSES_EACH)]
    began = time.perf_counter()
    _opened(settings, policies, folder)
    return {"add a policy, s": time.perf_counter() - began}


def ask(settings: Settings, clauses: int, folder: Path) -> Found:
    policies = tuple(invented(settings, clauses))
    began = time.perf_counter()
    index = _opened(settings, policies, folder)
    models = read_confidence_models(settings.trained)
    assistant = Assistant(policies, index, models, settings.accepted_risk)
    questions = asked(settings)
    assistant.reply(questions[0])
    start = time.perf_counter() - began
    found = _timed(assistant.reply, questions)
    texts = [query_text(question) for question in questions]
    encoders = index.encoders

    def both(text: str) -> None:
        encoders.adapted.encode([text])
        encoders.general.encode([text])

    return {"start, s": start, **found, "both encoders, ms": _timed(both, texts)["median, ms"]}


def baseline(settings: Settings, clauses: int, _folder: Path) -> Found:
    """Its vectors are random: they cost the search as much as any others."""
    encoder = OnnxMiniLm(model_files(PACKAGED))
    vectors = np.random.default_rng(7).normal(size=(clauses, encoder.dimension))
    search = NearestVectors.of(vectors.astype(np.float32))
    texts = [query_text(question) for question in asked(settings)]
    return _timed(lambda text: search.search(encoder.encode([text])[0], NEAREST), texts)


def _timed(reply: Callable[[Asked], object], questions: Sequence[Asked]) -> Found:
    for question in questions[::10]:
        reply(question)
    found = [_milliseconds(reply, question) for question in questions]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"median, ms": median(found), "95 %, ms": quantiles(found, n=20)[-1], "peak, MB": peak}


def _milliseconds(reply: Callable[[Asked], object], question: Asked) -> float:
    began = time.perf_counter()
    reply(question)
    return (time.perf_counter() - began) * 1000


MEASUREMENTS = {each.__name__: each for each in (build, ask, add, baseline)}


def measured(name: str, clauses: int, folder: Path) -> Found:
    command = [sys.executable, "-m", "benchmarks.scale", str(clauses)]
    options = ["--measurement", name, "--data", str(folder)]
    lines = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=True).stdout
    found: Found = json.loads(lines)
    return found


def row(clauses: int) -> Found:
    with TemporaryDirectory() as folder:
        found = {name: measured(name, clauses, Path(folder)) for name in MEASUREMENTS}
    plain = {f"plain: {key}": value for key, value in found.pop("baseline").items()}
    return {key: value for each in (*found.values(), plain) for key, value in each.items()}


@click.command()
@click.argument("sizes", nargs=-1, type=int)
@click.option("--measurement", type=click.Choice(list(MEASUREMENTS)))
@click.option("--data", type=click.Path(path_type=Path))
def main(sizes: tuple[int, ...], measurement: str | None, data: Path | None) -> None:
    """Measure policies of so many CLAUSES in all."""
    if measurement is not None and data is not None:
        print(json.dumps(MEASUREMENTS[measurement](Settings(), sizes[0], data)))
        return
    rows = {size: row(size) for size in sizes or SIZES}
    table = Table("", *(f"{size:,}" for size in rows))
    for name in next(iter(rows.values())):
        table.add_row(name, *(f"{found[name]:,.1f}" for found in rows.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
