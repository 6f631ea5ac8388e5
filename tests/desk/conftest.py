import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.storage.database import open_storage
from tests.desk import databases
from tests.desk.council import COMMS
from tests.desk.fakes import FakeClock, RecordingMessenger


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    with databases.postgresql() as server:
        if "TEST_DATABASE_URL" not in os.environ:
            databases.hasten(server)
        yield server


@pytest.fixture(scope="session")
def migrated(postgresql: str) -> Iterator[str]:
    address = databases.fresh(postgresql)
    open_storage(address, FakeClock()).close()
    yield address
    databases.drop(postgresql, address)


@pytest.fixture
def postgresql_address(migrated: str) -> str:
    databases.empty(migrated)
    return migrated


@pytest.fixture
def sqlite_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture
def sqlite_address(sqlite_folder: Path) -> str:
    return f"sqlite:///{sqlite_folder / 'desk.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def messenger() -> RecordingMessenger:
    return RecordingMessenger()


@pytest.fixture
def sqlite_desk(sqlite_address: str, clock: FakeClock) -> Iterator[Desk]:
    desk = open_desk(sqlite_address, Rules(comms=(COMMS,)), clock, EqualWordsOnly())
    yield desk
    desk.close()


@pytest.fixture
def desk(address: str, clock: FakeClock) -> Iterator[Desk]:
    desk = open_desk(address, Rules(comms=(COMMS,)), clock, EqualWordsOnly())
    yield desk
    desk.close()
