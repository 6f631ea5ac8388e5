"""From a question in Slack to its answer posted there, at several rates.

    python -m benchmarks.slack [--seconds 60] [--rates 1,10,50] [--data DIR]

The real bot runs in a process of its own (`bot.py serve`, Socket Mode, on an SQLite of its own
unless DATABASE_URL names another database); Slack is the faked server of the tests. Questions
come at their times whether or not the bot keeps up, from PEOPLE in turn, each in a direct message.
A question is lost without a reply and doubled with two.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

import click

from app.command_line import with_settings
from knowledge.bank import Intent, read_bank
from settings import HERE, Settings
from tests.handlers.slack.fake.people import Person
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.workspace import User, Workspace
from tests.handlers.slack.manifest import installed_in

PEOPLE = 100
ASKED = 500  # different questions of the bank
START_S = 300  # a first start may build the index
REST_S = 60  # how long after the last question an answer is waited for


@dataclass(frozen=True, slots=True)
class Figures:
    """`seconds` from when each answered question was due."""

    asked: int
    seconds: tuple[float, ...]
    lost: int
    doubled: int


@contextmanager
def bot_at(slack: SlackServer, settings: Settings) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        installed = {
            "SLACK_BOT_TOKEN": slack.workspace.bot_token,
            "SLACK_APP_TOKEN": slack.workspace.app_token,
            "SLACK_API_URL": slack.api_url,
            "DATABASE_URL": settings.database_url.get_secret_value()
            or f"sqlite:///{folder}/desk.db",
        }
        command = [sys.executable, str(HERE / "bot.py"), "serve", "--port", "0"]
        bot = subprocess.Popen(
            [*command, "--data", str(settings.data.resolve())], env={**os.environ, **installed}
        )
        try:
            slack.wait_for(lambda: slack.socket_mode.links, START_S)
            slack.send_by_socket()
            yield
        finally:
            bot.terminate()
            bot.wait()


def measure(slack: SlackServer, questions: Sequence[str], rate: float, seconds: float) -> Figures:
    people, began = cycle(slack.people.values()), time.time() + 1
    dues = [began + number / rate for number in range(int(rate * seconds))]
    with ThreadPoolExecutor(PEOPLE) as pool:
        messages = pool.map(_say, people, islice(cycle(questions), len(dues)), dues)
        times = {message.ts: due for message, due in zip(messages, dues, strict=True)}
    return _figures(slack, times)


def _say(person: Person, text: str, due: float) -> Message:
    time.sleep(max(0.0, due - time.time()))
    return person.say(text)


def _figures(slack: SlackServer, times: dict[str, float]) -> Figures:
    until = time.monotonic() + REST_S

    def replies() -> dict[str, list[float]]:
        found: dict[str, list[float]] = {ts: [] for ts in times}
        for message in tuple(slack.screen.messages):
            if message.thread_ts in found:
                found[message.thread_ts].append(float(message.ts))
        return found

    while not all(replies().values()) and time.monotonic() < until:
        time.sleep(1)
    found = replies()
    return Figures(
        asked=len(times),
        seconds=tuple(min(at) - times[ts] for ts, at in found.items() if at),
        lost=sum(not at for at in found.values()),
        doubled=sum(len(at) > 1 for at in found.values()),
    )


def _workspace() -> Workspace:
    workspace = Workspace()
    workspace.add(*(User(f"U0A{number}", f"asker{number}") for number in range(PEOPLE)))
    return installed_in(workspace)


def _questions(folder: Path) -> list[str]:
    bank = [each for each in read_bank(folder) if each.kind is Intent.ANSWERABLE]
    step = max(1, len(bank) // ASKED)
    return [each.asked.text for each in bank[::step]]


@click.command()
@click.option("--seconds", default=60.0, help="How long questions come at each rate.")
@click.option("--rates", default="1,10,50", help="Questions a second.")
@with_settings
def main(settings: Settings, seconds: float, rates: str) -> None:
    questions = _questions(settings.questions)
    print(f"{'a second':>10}{'asked':>8}{'median s':>10}{'95 % s':>8}{'lost':>6}{'doubled':>9}")
    with SlackServer(_workspace()) as slack, bot_at(slack, settings):
        measure(slack, questions, 1, 5)  # until everything is warm
        for rate in map(float, rates.split(",")):
            found = measure(slack, questions, rate, seconds)
            late = quantiles(found.seconds, n=20)[-1]
            line = f"{rate:>10g}{found.asked:>8}{median(found.seconds):>10.2f}{late:>8.2f}"
            print(f"{line}{found.lost:>6}{found.doubled:>9}", flush=True)


if __name__ == "__main__":
    main()
