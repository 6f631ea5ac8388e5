"""From a question in Teams to its answer posted there, at several rates.

    python -m benchmarks.teams [--seconds 30] [--rates 1,10,50] [--database sqlite|postgresql]
                               [--replicas 1]

The real bot runs in a process of its own (`bot.py serve`, as a local trial); a server in this
process takes the place of Teams. Each question is asked in a chat of its own, and the copies of the
bot get them in turn.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import cycle
from threading import Lock
from urllib.request import Request, urlopen

import click

from app.command_line import with_settings
from benchmarks.under_load import Bot, Platform, bots, print_table, with_load_options
from handlers.teams.surface import ROUTE
from settings import Settings
from tests.browser.serving import served
from tests.handlers.teams.fake_teams import FakeTeams, Person


def faked(fake: FakeTeams, connector: str, started: Sequence[Bot]) -> Platform:
    """In a chat, nothing says what a message replies to: so each question has its own."""
    turns, lock, numbers = cycle(started), Lock(), iter(range(10**9))

    def ask(person: int, text: str) -> str:
        with lock:
            bot, chat = next(turns), f"a:{person}-{next(numbers)}"
        says = Person(f"asker{person}", connector, chat).says(text)
        post = Request(  # noqa: S310 -- our own address
            bot.address + ROUTE, json.dumps(says).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(post):  # noqa: S310 -- see above
            return chat

    def replies() -> Mapping[str, Sequence[float]]:
        found = defaultdict(list)
        for shown in tuple(fake.shown):
            found[shown.conversation].append(shown.at)
        return found

    return Platform(ask, replies)


@click.command()
@with_load_options
@with_settings
def main(settings: Settings, seconds: float, rates: str, database: str, replicas: int) -> None:
    fake = FakeTeams()
    installed = {"TEAMS_LOCAL_TRIAL": "true"}
    with served(fake.app()) as connector, bots(settings, installed, database, replicas) as started:
        print_table(settings, faked(fake, connector, started), started, rates, seconds)


if __name__ == "__main__":
    main()
