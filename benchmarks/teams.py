"""Measures the time from a message on Teams to its answer, at 1, 10 and 50 messages a second.

    python -m benchmarks.teams [SECONDS]

Runs the whole application with its worker, SQLite and a toy policy, so that it measures the surface
and the desk and not the search for an answer. A server on this machine takes the place of Teams.
Everything runs in one process.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from aiohttp import ClientSession

from app.web_application import application
from handlers.teams.app import trial_teams
from handlers.teams.surface import ROUTE
from tests.browser.serving import served
from tests.handlers.teams.fake_teams import FakeTeams, Person
from tests.toy_service import Toy, in_folder

RATES = (1, 10, 50)
SECONDS = 20
LONGEST_WAIT_S = 120
QUESTION = "may I have the logo on my blog"


@dataclass(frozen=True, slots=True)
class Figures:
    """In milliseconds from sending a message: `delays` to its answer, `acknowledged` to the 202."""

    sent: int
    answers: int
    lost: int
    doubled: int
    acknowledged: tuple[float, ...]
    delays: tuple[float, ...]


async def load(bot: str, people: list[Person], rate: int) -> tuple[list[float], list[float]]:
    """When each message was sent, and when it was acknowledged; seconds of time.perf_counter."""
    sent, acknowledged = [0.0] * len(people), [0.0] * len(people)

    async def say(session: ClientSession, number: int) -> None:
        sent[number] = time.perf_counter()
        async with session.post(bot + ROUTE, json=people[number].says(QUESTION)) as answer:
            answer.raise_for_status()
        acknowledged[number] = time.perf_counter()

    began = time.perf_counter()
    async with ClientSession() as session, asyncio.TaskGroup() as group:
        for number in range(len(people)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            group.create_task(say(session, number))
    return sent, acknowledged


def measure(bot: str, fake: FakeTeams, connector: str, rate: int, seconds: int) -> Figures:
    count = rate * seconds
    people = [
        Person(f"{rate}-{number}", connector, f"a:{rate}-{number}") for number in range(count)
    ]
    before = len(fake.shown)
    sent, acknowledged = asyncio.run(load(bot, people, rate))
    _wait(fake, before + count)
    answered: dict[str, list[float]] = {person.conversation: [] for person in people}
    for shown in fake.shown[before:]:
        answered[shown.conversation].append(shown.at)
    times = list(answered.values())
    return Figures(
        sent=count,
        answers=sum(map(len, times)),
        lost=sum(not each for each in times),
        doubled=sum(len(each) > 1 for each in times),
        acknowledged=tuple(1000 * (b - a) for a, b in zip(sent, acknowledged, strict=True)),
        delays=tuple(1000 * (b[0] - a) for a, b in zip(sent, times, strict=True) if b),
    )


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    print("a second   sent   lost   doubled   202: median, 95 % (ms)   answer: median, 95 % (ms)")
    for rate in RATES:
        with _bot() as (bot, fake, connector):
            figures = measure(bot, fake, connector, rate, seconds)
        print(
            f"{rate:8}   {figures.sent:4}   {figures.lost:4}   {figures.doubled:7}   "
            f"{_shown(figures.acknowledged):>22}   {_shown(figures.delays):>25}"
        )


@contextmanager
def _bot() -> Iterator[tuple[str, FakeTeams, str]]:
    fake = FakeTeams()
    with tempfile.TemporaryDirectory() as folder:
        service = Toy(in_folder(Path(folder))).service()
        app = application(service, [trial_teams(service)])
        with served(fake.app()) as connector, served(app) as bot:
            yield bot, fake, connector
        service.desk.close()


def _wait(fake: FakeTeams, messages: int) -> None:
    """Until they have arrived, and a second longer to notice an answer that was sent twice."""
    deadline = time.monotonic() + LONGEST_WAIT_S
    while len(fake.shown) < messages and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)


def _shown(times: tuple[float, ...]) -> str:
    return f"{median(times):.0f}, {quantiles(times, n=20)[-1]:.0f}"


if __name__ == "__main__":
    main()
