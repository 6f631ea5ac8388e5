"""What the benchmarks of Slack and Teams share: the real bot in processes of its own, questions at
a rate, and a table.

Questions come at their times whether or not the bot keeps up. One is lost without a reply, and
doubled with two.
"""

import functools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

import click

from knowledge.bank import Intent, read_bank
from settings import HERE, Settings
from tests.attack.nginx import free_port
from tests.desk import databases

PEOPLE = 100
ASKED = 500  # different questions of the bank
START_S = 300  # a first start may build the index
REST_S = 60  # how long after the last question an answer is waited for
WARM_UP_S = 10
SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True, slots=True)
class Figures:
    """`seconds` from when each answered question was due; `cpu_s` of the bot's processes."""

    asked: int
    seconds: tuple[float, ...]
    lost: int
    doubled: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Platform:
    """`ask` has the person with this number say something, and gives what their message is called;
    `replies` are the times of the replies to each such message, by time.time."""

    ask: Callable[[int, str], str]
    replies: Callable[[], Mapping[str, Sequence[float]]]


@dataclass(frozen=True, slots=True)
class Bot:
    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def bots(
    settings: Settings, installed: Mapping[str, str], database: str, replicas: int
) -> Iterator[list[Bot]]:
    """So many of `bot.py serve` on one new database, when all of them can serve."""
    with _database(database) as address, ExitStack() as running:
        environment = {**os.environ, **installed, "DATABASE_URL": address}
        started = [
            running.enter_context(_bot(settings, environment, free_port())) for _ in range(replicas)
        ]
        for each in started:
            _wait_until_ready(each)
        yield started


@contextmanager
def _database(kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_ones:
        if kind == SQLITE:
            yield f"sqlite:///{folder}/desk.db"
            return
        server = open_ones.enter_context(databases.postgresql())
        address = databases.fresh(server)
        yield address
        databases.drop(server, address)


@contextmanager
def _bot(settings: Settings, environment: Mapping[str, str], port: int) -> Iterator[Bot]:
    command = [sys.executable, str(HERE / "bot.py"), "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--data", str(settings.data.resolve())], env=environment, stdout=sys.stderr
    )
    try:
        yield Bot(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready(bot: Bot) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and bot.process.poll() is None:
        try:
            with urlopen(f"{bot.address}/readyz") as answer:  # noqa: S310 -- our own address
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The bot did not start.")


def measure(
    platform: Platform,
    started: Sequence[Bot],
    questions: Sequence[str],
    rate: float,
    seconds: float,
) -> Figures:
    began, spent = time.time() + 1, _cpu_s(started)
    dues = [began + number / rate for number in range(int(rate * seconds))]

    def say(number: int, text: str, due: float) -> str:
        time.sleep(max(0.0, due - time.time()))
        return platform.ask(number % PEOPLE, text)

    with ThreadPoolExecutor(PEOPLE) as pool:
        texts = islice(cycle(questions), len(dues))
        times = dict(zip(pool.map(say, range(len(dues)), texts, dues), dues, strict=True))
    found = _replies(platform, times)
    return Figures(
        asked=len(times),
        seconds=tuple(min(at) - times[name] for name, at in found.items() if at),
        lost=sum(not at for at in found.values()),
        doubled=sum(len(at) > 1 for at in found.values()),
        cpu_s=_cpu_s(started) - spent,
    )


def _replies(platform: Platform, times: Mapping[str, float]) -> dict[str, Sequence[float]]:
    until = time.monotonic() + REST_S
    while True:
        time.sleep(1)
        replies = platform.replies()
        found = {name: replies.get(name, ()) for name in times}
        if all(found.values()) or time.monotonic() > until:
            return found


def _cpu_s(started: Sequence[Bot]) -> float:
    """Seconds of processor time so far; 0 where the system has no /proc."""
    ticks = 0
    for bot in started:
        try:
            stat = Path(f"/proc/{bot.process.pid}/stat").read_text(encoding="utf-8")
        except FileNotFoundError:
            return 0.0
        fields = stat.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])  # utime, stime: proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


def bank_questions(settings: Settings) -> list[str]:
    bank = [each for each in read_bank(settings.questions) if each.kind is Intent.ANSWERABLE]
    step = max(1, len(bank) // ASKED)
    return [each.asked.text for each in bank[::step]]


def with_load_options(command: Callable[..., None]) -> Callable[..., None]:
    @click.option("--seconds", default=30.0, help="How long questions come at each rate.")
    @click.option("--rates", default="1,10,50", help="Questions a second.")
    @click.option("--database", type=click.Choice([SQLITE, POSTGRESQL]), default=SQLITE)
    @click.option("--replicas", default=1, help="Copies of the bot, on one PostgreSQL.")
    @functools.wraps(command)
    def with_options(**given: object) -> None:
        command(**given)

    return with_options


def print_table(
    settings: Settings, platform: Platform, started: Sequence[Bot], rates: str, seconds: float
) -> None:
    questions = bank_questions(settings)
    measure(platform, started, questions, 5, WARM_UP_S)
    print(
        f"{'a second':>10}{'asked':>8}{'median s':>10}{'95 % s':>8}{'lost':>6}{'doubled':>9}",
        end="",
    )
    print(f"{'CPU ms each':>13}")
    for rate in map(float, rates.split(",")):
        found = measure(platform, started, questions, rate, seconds)
        late = quantiles(found.seconds, n=20)[-1]
        line = f"{rate:>10g}{found.asked:>8}{median(found.seconds):>10.3f}{late:>8.3f}"
        cpu_ms = 1000 * found.cpu_s / found.asked
        print(f"{line}{found.lost:>6}{found.doubled:>9}{cpu_ms:>13.1f}", flush=True)
