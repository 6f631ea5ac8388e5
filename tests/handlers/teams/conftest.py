from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.handlers.teams.in_process import COMMS, TeamsInProcess
from tests.toy_service import Toy, in_folder


@pytest.fixture
def teams(tmp_path: Path) -> Iterator[TeamsInProcess]:
    """With the toy policy, and comms in a channel."""
    started = TeamsInProcess(Toy(in_folder(tmp_path), comms=(COMMS,)).service())
    yield started
    started.desk.close()
