from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event

import pytest

from answer.assistant import Assistant
from app.version_bots import BUSY, VersionBots
from desk.model.people import PersonRef
from desk.model.policy_version import PolicyDetails, PolicyVersion
from knowledge.errors import BadInput
from tests.toy_bot import toy_assistant

UPLOADED = datetime(2026, 11, 23, 10, tzinfo=UTC)
VERSION = PolicyVersion(
    1, "guidance", 1, "guidance.txt", PolicyDetails("", "", None), UPLOADED, PersonRef("", "")
)


@pytest.fixture(scope="module")
def bot() -> Assistant:
    return toy_assistant()


@pytest.fixture
def builds(bot: Assistant) -> Iterator[Assistant]:
    """Bots that are each another one."""
    return (replace(bot) for _ in range(10))


def test_the_last_bot_is_kept_until_its_version_or_the_bot_beside_it_changes(
    bot: Assistant, builds: Iterator[Assistant]
) -> None:
    bots = VersionBots()
    first = bots.of(VERSION, bot, lambda: next(builds))
    assert bots.of(VERSION, bot, lambda: next(builds)) is first
    titled = replace(VERSION, details=PolicyDetails("New", "", None))
    second = bots.of(titled, bot, lambda: next(builds))
    third = bots.of(titled, replace(bot), lambda: next(builds))
    assert len({id(first), id(second), id(third)}) == 3


def test_one_bot_is_built_at_a_time(bot: Assistant, builds: Iterator[Assistant]) -> None:
    bots, begun, go_on = VersionBots(), Event(), Event()

    def slow() -> Assistant:
        begun.set()
        assert go_on.wait(30)
        return next(builds)

    with ThreadPoolExecutor() as pool:
        first = pool.submit(bots.of, VERSION, bot, slow)
        assert begun.wait(30)
        try:
            with pytest.raises(BadInput, match=BUSY):
                bots.of(replace(VERSION, id=2), bot, lambda: next(builds))
        finally:
            go_on.set()
        built = first.result(30)
    assert bots.of(VERSION, bot, lambda: next(builds)) is built


def test_after_a_build_that_failed_the_next_one_is_tried(
    bot: Assistant, builds: Iterator[Assistant]
) -> None:
    def failing() -> Assistant:
        raise BadInput("The file cannot be read.")

    bots = VersionBots()
    with pytest.raises(BadInput, match="cannot be read"):
        bots.of(VERSION, bot, failing)
    assert bots.of(VERSION, bot, lambda: next(builds))
