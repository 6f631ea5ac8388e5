"""Stages on which several files of this room play."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.terminal import TerminalSurface
from tests.handlers.teams.stage import COMMS, Stage
from tests.toy_service import Toy, in_folder


@pytest.fixture
def published(tmp_path: Path) -> Iterator[TerminalSurface]:
    """Jane has answered Ann's question about training meetings and published the answer."""
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    surface.ask("Ann", "training meeting")
    surface.type_command("Jane", "answer", "C-1", "Book it with us.")
    surface.type_command("Jane", "publish", "C-1", "--cite", "2(a)")
    yield surface
    surface.office.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(Toy(in_folder(tmp_path), comms=(COMMS,)).service())
    yield made
    made.desk.close()
