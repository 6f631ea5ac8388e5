"""How long a fresh process takes to its first answer, and how much memory.

    python -m benchmarks.cold_start

`ask` is `bot.py ask`, `serve` is `bot.py serve` from the command to the first answer in a browser's
chat. The baseline reads the same clauses with MiniLM by sentence-transformers and searches with
FAISS. What is built once is built before. Medians of ROUNDS.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from statistics import median

import click
from rich.console import Console
from rich.table import Table

from app.command_line import with_settings
from knowledge.documents.files import read_policies
from knowledge.question import Question
from settings import HERE, Settings
from tests.handlers.web.visitor import Visitor

ROUNDS = 5
QUESTION = "Can I use the council logo on my personal blog?"
ANSWER = "Avoid use of the council e-mail address"
LONGEST = 120.0  # seconds until the first answer


@dataclass(frozen=True, slots=True)
class Start:
    """`seconds` until the answer; `processor` seconds and peak `megabytes` of the whole process."""

    seconds: float
    processor: float
    megabytes: float


def run(command: Sequence[str], wait: Callable[[], None] | None = None) -> Start:
    """Until the command ends; with `wait` until that returns, when the command is stopped."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if wait is not None:
            wait()
            seconds = time.perf_counter() - began
            process.send_signal(signal.SIGTERM)
        _, _, used = os.wait4(process.pid, 0)
    except BaseException:
        process.kill()
        raise
    if wait is None:
        seconds = time.perf_counter() - began
    return Start(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def ask(settings: Settings) -> Start:
    return run([*_bot(settings, "ask"), QUESTION])


def serve(settings: Settings) -> Start:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    return run(
        [*_bot(settings, "serve"), "--port", str(port)],
        lambda: _first_answer(f"http://127.0.0.1:{port}"),
    )


def plain_search(settings: Settings) -> Start:
    options = ["--plain", "--policies", str(settings.policies)]
    return run([sys.executable, "-m", "benchmarks.cold_start", *options])


def _bot(settings: Settings, command: str) -> list[str]:
    options = ["--policies", str(settings.policies), "--data", str(settings.data)]
    return [sys.executable, str(HERE / "bot.py"), command, *options]


def _first_answer(address: str) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            entries = Visitor(address, "Ann").ask(QUESTION).entries
            if any(ANSWER in entry.text for entry in entries):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(f"There was no answer within {LONGEST:.0f} seconds.")


def _search(settings: Settings) -> None:
    from benchmarks.peers import MiniLmAndFaiss, Peer  # noqa: PLC0415 - is what is measured

    policies = read_policies(settings.policies)
    clauses = tuple(clause for policy in policies for clause in policy.clauses)
    retriever = MiniLmAndFaiss([clause.text for clause in clauses])
    Peer("MiniLM + FAISS", clauses, retriever).search(Question(QUESTION))


@click.command()
@click.option("--plain", is_flag=True, help="Only search, as the baseline does.")
@with_settings
def main(settings: Settings, plain: bool) -> None:
    if plain:
        _search(settings)
        return
    table = Table("", "first answer, s", "processor, s", "peak, MB")
    for measure in (ask, serve, plain_search):
        measure(settings)  # builds what is not built yet, and fills the disk's cache
        starts = [measure(settings) for _ in range(ROUNDS)]
        table.add_row(
            measure.__name__.replace("_", " "),
            f"{median(start.seconds for start in starts):.2f}",
            f"{median(start.processor for start in starts):.2f}",
            f"{max(start.megabytes for start in starts):.0f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main()
