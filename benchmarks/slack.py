"""From a question in Slack to its answer posted there, at several rates.

    python -m benchmarks.slack [--seconds 30] [--rates 1,10,50] [--database sqlite|postgresql]
                               [--replicas 1]

The real bot runs in a process of its own (`bot.py serve`, Socket Mode); Slack is the faked server
of the tests, in this process. People ask in turn, each in a direct message.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from app.command_line import with_settings
from benchmarks.under_load import PEOPLE, START_S, Platform, bots, print_table, with_load_options
from settings import Settings
from tests.handlers.slack.fake.delivery import Ack, Delivery
from tests.handlers.slack.fake.server import SlackServer
from tests.handlers.slack.fake.socket_mode import SocketMode
from tests.handlers.slack.fake.workspace import User, Workspace
from tests.handlers.slack.manifest import installed_in


@dataclass(frozen=True)
class InTurn:
    """Slack sends an event to any one of an app's connections."""

    socket_mode: SocketMode

    async def send(self, delivery: Delivery) -> Ack:
        links = self.socket_mode.links
        if links:
            links.append(links.pop(0))
        return await self.socket_mode.send(delivery)


def faked(slack: SlackServer) -> Platform:
    people = list(slack.people.values())

    def replies() -> Mapping[str, Sequence[float]]:
        found = defaultdict(list)
        for message in tuple(slack.screen.messages):
            if message.thread_ts:
                found[message.thread_ts].append(float(message.ts))
        return found

    return Platform(lambda person, text: people[person].say(text).ts, replies)


def _workspace() -> Workspace:
    workspace = Workspace()
    workspace.add(*(User(f"U0A{number}", f"asker{number}") for number in range(PEOPLE)))
    return installed_in(workspace)


@click.command()
@with_load_options
@with_settings
def main(settings: Settings, seconds: float, rates: str, database: str, replicas: int) -> None:
    with SlackServer(_workspace()) as slack:
        installed = {
            "SLACK_BOT_TOKEN": slack.workspace.bot_token,
            "SLACK_APP_TOKEN": slack.workspace.app_token,
            "SLACK_API_URL": slack.api_url,
        }
        with bots(settings, installed, database, replicas) as started:
            slack.wait_for(lambda: len(slack.socket_mode.links) == replicas, START_S)
            slack.courier.transport = InTurn(slack.socket_mode)
            print_table(settings, faked(slack), started, rates, seconds)


if __name__ == "__main__":
    main()
