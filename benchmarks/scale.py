"""How time and memory grow with the number of clauses.

    python -m benchmarks.scale [CLAUSES ...]

The policies are the default guidance and invented ones of CLAUSES_EACH clauses, made of clauses of
knowledge/corpora with a place of their own; their files are not read. Each measurement has a fresh
process, so that its memory is its own. A question's time is what the processor works on it, on one
thread, so that a busy machine counts little. The baseline is plain search: MiniLM on the same ONNX
Runtime and an exact search of one vector a clause by FAISS.
"""

import json
import os
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
from index.encoder import Encoder, Vectors
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
    encoders = read_encoders(settings.trained, settings.model, folder / "encoders")
    bank = tie_to(read_bank(settings.questions), sentences_of(policies))
    places = IndexPaths(folder / "index", settings.trained / "questions")
    with progress_bars() as progress:
        return open_index(encoders, policies, bank, places, progress)


class TimedEncoder:
    """An Encoder that sums up how long it works."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.milliseconds = 0.0

    @property
    def identity(self) -> str:
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        began = time.thread_time()
        vectors = self._encoder.encode(texts)
        self.milliseconds += (time.thread_time() - began) * 1000
        return vectors


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
    encoders = index.encoders
    adapted, general = TimedEncoder(encoders.adapted), TimedEncoder(encoders.general)
    index = replace(index, encoders=replace(encoders, adapted=adapted, general=general))
    models = read_confidence_models(settings.trained)
    assistant = Assistant(policies, index, models, settings.accepted_risk)
    questions = asked(settings)
    assistant.reply(questions[0])
    start = time.perf_counter() - began

    def encoding() -> float:
        return adapted.milliseconds + general.milliseconds

    return {"start, s": start, **_timed(assistant.reply, questions, encoding)}


def baseline(settings: Settings, clauses: int, folder: Path) -> Found:
    """Its vectors are random: they cost the search as much as any others."""
    encoder = OnnxMiniLm(model_files(PACKAGED), folder)
    vectors = np.random.default_rng(7).normal(size=(clauses, encoder.dimension))
    search = NearestVectors.of(vectors.astype(np.float32))
    texts = [query_text(question) for question in asked(settings)]
    return _timed(lambda text: search.search(encoder.encode([text])[0], NEAREST), texts)


def _timed(
    reply: Callable[[Asked], object],
    questions: Sequence[Asked],
    encoding: Callable[[], float] = lambda: 0.0,
) -> Found:
    """`encoding` gives the milliseconds that the encoders have worked so far."""
    whole, beside = [], []
    for question in questions:
        began, before = time.thread_time(), encoding()
        reply(question)
        whole.append((time.thread_time() - began) * 1000)
        beside.append(whole[-1] - (encoding() - before))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {"median, ms": median(whole), "95 %, ms": quantiles(whole, n=20)[-1]}
    if encoding():
        found |= {
            "beside encoders: median, ms": median(beside),
            "beside encoders: 95 %, ms": quantiles(beside, n=20)[-1],
        }
    return {**found, "peak, MB": peak}


MEASUREMENTS = {each.__name__: each for each in (build, ask, add, baseline)}


def measured(name: str, clauses: int, folder: Path) -> Found:
    command = [sys.executable, "-m", "benchmarks.scale", str(clauses)]
    options = ["--measurement", name, "--data", str(folder)]
    # Building learns on all cores; a question is answered on one.
    threads = {} if name == "build" else {"OMP_NUM_THREADS": "1"}
    environment = {**os.environ, **threads}
    lines = subprocess.run(
        [*command, *options], stdout=subprocess.PIPE, check=True, env=environment
    ).stdout
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
