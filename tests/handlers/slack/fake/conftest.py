"""A faked Slack with a small council in it, and a client that holds its bot token."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.handlers.slack.council import council
from tests.handlers.slack.fake.server import SlackServer


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    with SlackServer(council(), ack_seconds=0.5) as server:
        yield server


@pytest.fixture
def client(slack: SlackServer) -> WebClient:
    return WebClient(slack.workspace.bot_token, base_url=slack.api_url)
