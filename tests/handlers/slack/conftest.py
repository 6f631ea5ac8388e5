"""The bot running against a small council's faked Slack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.slack.running_bot import Mode, RunningBot, running_bot


@pytest.fixture
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningBot]:
    """By signed HTTP, unless IN_BOTH_MODES. In the end nothing is left to do."""
    with running_bot(tmp_path, getattr(request, "param", Mode.HTTP)) as running:
        yield running
        running.settle()
        assert running.slack.complaints == []
