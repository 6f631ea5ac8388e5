from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from answer.assistant import Assistant
from tests.handlers.web.desk_site import DeskSite, desk_site
from tests.toy_service import Toy, in_folder


@pytest.fixture
def careful_site(tmp_path: Path, bot: Assistant) -> Iterator[DeskSite]:
    """Where an answer can be undone as long as the clock stands still."""
    toy = Toy(in_folder(tmp_path), answers=bot, undo_within=timedelta(seconds=30))
    with desk_site(toy) as started:
        yield started
