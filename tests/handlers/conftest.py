"""What several files of this room start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.conversation.escalation import EscalationPolicy
from tests.conversations.terminal import TerminalSurface


@pytest.fixture
def published(tmp_path: Path) -> Iterator[TerminalSurface]:
    """Jane has answered Ann's question about training meetings and published the answer."""
    surface = TerminalSurface(tmp_path, EscalationPolicy.AUTOMATIC)
    surface.ask("Ann", "training meeting")
    surface.type_command("Jane", "answer", "C-1", "Book it with us.")
    surface.type_command("Jane", "publish", "C-1", "--cite", "2(a)")
    yield surface
    surface.office.close()
