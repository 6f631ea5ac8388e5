from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from answer.assistant import Assistant
from desk.services.desk import Desk
from tests.handlers.web.chat_page import opened
from tests.handlers.web.chat_site import Site
from tests.handlers.web.chat_site import site as chat_site
from tests.handlers.web.desk_site import DeskSite, desk_site
from tests.toy_bot import toy_assistant
from tests.toy_service import Toy, in_folder


@pytest.fixture(scope="session")
def bot() -> Assistant:
    """It keeps nothing between questions, and takes longer to build than most tests."""
    return toy_assistant()


@pytest.fixture
def running(tmp_path: Path, bot: Assistant) -> Iterator[Site]:
    with chat_site(Toy(in_folder(tmp_path), answers=bot)) as running:
        yield running


@pytest.fixture
def replica(running: Site) -> Iterator[Desk]:
    """The desk of another replica, which cannot wake the one that serves the page."""
    desk = running.toy.desk()
    yield desk
    desk.close()


@pytest.fixture
def ann(running: Site, context: BrowserContext) -> Page:
    return opened(running, context)


@pytest.fixture
def site(tmp_path: Path, bot: Assistant) -> Iterator[DeskSite]:
    """With the desk, and people who sign in."""
    with desk_site(Toy(in_folder(tmp_path), answers=bot)) as started:
        yield started
