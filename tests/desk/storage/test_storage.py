from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from desk.model.case import Case
from desk.model.errors import BadDatabase, NothingSaid, NotYours
from desk.model.people import Person
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from desk.storage.column_types import metadata
from desk.storage.database import open_storage
from desk.storage.engines import upgrade
from desk.storage.question_table import first_time
from desk.storage.switch_table import switches
from tests.desk import databases
from tests.desk.council import BOB, JANE, event, opened
from tests.desk.databases import sqlalchemy_url
from tests.desk.fakes import FakeClock


@pytest.fixture
def new_postgresql_address(postgresql: str) -> Iterator[str]:
    address = databases.fresh(postgresql)
    yield address
    databases.drop(postgresql, address)


@pytest.fixture(params=["sqlite_address", "new_postgresql_address"])
def empty_address(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


def test_the_migrations_make_the_tables_that_the_code_describes(empty_address: str) -> None:
    engine = create_engine(sqlalchemy_url(empty_address))
    with engine.begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_an_older_database_is_brought_up_to_date_and_keeps_what_it_holds(
    empty_address: str,
) -> None:
    engine = create_engine(sqlalchemy_url(empty_address))
    with engine.begin() as connection:
        upgrade(connection, "0001")
        seen = {"now": datetime(2026, 1, 2, tzinfo=UTC)}
        connection.execute(text("INSERT INTO inbound VALUES ('slack', 'E1', :now)"), seen)
        assert not inspect(connection).has_table("outbox")
    engine.dispose()
    storage = open_storage(empty_address, FakeClock())
    with storage.begin() as tx:
        assert not first_time(tx, "slack", "E1")
    storage.close()


def test_people_and_delivered_messages_of_an_older_database_stay(empty_address: str) -> None:
    engine = create_engine(sqlalchemy_url(empty_address))
    with engine.begin() as connection:
        upgrade(connection, "0006")
        seen = {"now": datetime(2026, 1, 2, tzinfo=UTC)}
        connection.execute(text("INSERT INTO people VALUES ('p-1', 'slack:T/U', 'asker', 'Ann')"))
        connection.execute(text("INSERT INTO mailboxes VALUES ('slack:T/U', 7)"))
        connection.execute(
            text("INSERT INTO letters VALUES (3, 'slack:T/U', 'a', 'b', 'hello', :now, 7)"), seen
        )
    engine.dispose()
    ann = Person("slack:T/U", "Ann")
    desk = open_desk(empty_address, Rules(), FakeClock(), EqualWordsOnly())
    assert desk.privacy.export(ann.key, JANE).pseudonyms == ("p-1",)
    assert desk.inbox.put(ann, "b", "again") == "a", "it was delivered before"
    assert desk.inbox.put(ann, "c", "new") == "c"
    assert [(each.body, each.number) for each in desk.inbox.latest(ann, 9)] == [
        ("hello", 7),
        ("new", 8),
    ]
    desk.close()


def test_replicas_that_start_together_on_an_empty_database_all_start(empty_address: str) -> None:
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(lambda _: open_storage(empty_address, FakeClock()), range(3)))
    for storage in stores:
        with storage.begin() as tx:
            first_time(tx, "slack", "E1")
        storage.close()


def test_opening_a_database_again_keeps_its_cases(address: str, desk: Desk) -> None:
    case = opened(desk)
    open_storage(address, FakeClock()).close()
    assert desk.casework.show(case.ref) == case


@pytest.mark.parametrize(
    "address", ["mysql://localhost/desk", "sqlite://", "sqlite:///:memory:", "no address"]
)
def test_an_address_that_names_no_usable_database_is_refused(address: str) -> None:
    with pytest.raises(BadDatabase, match="DATABASE_URL"):
        open_storage(address, FakeClock())


def test_a_refused_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(BadDatabase) as refused:
        open_storage("mysql://desk:secret@localhost/desk", FakeClock())
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_one_sentence_without_its_password() -> None:
    with pytest.raises(BadDatabase, match="cannot be opened") as refused:
        open_storage("postgresql://bot:hunter2@127.0.0.1:1/desk", FakeClock())
    assert "hunter2" not in str(refused.value)


def test_times_come_back_as_they_went_in_from_any_zone(address: str) -> None:
    clock = FakeClock()
    clock.time = datetime(2026, 7, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))
    storage = open_storage(address, clock)
    with storage.begin() as tx:
        tx.connection.execute(switches.insert().values(name="x", since=tx.now, person="p"))
    with storage.read() as tx:
        since = tx.connection.execute(switches.select()).one().since
    storage.close()
    assert since == clock.time
    assert since.utcoffset() == timedelta(0)


def test_a_refused_step_leaves_nothing_behind(desk: Desk) -> None:
    case, refused = opened(desk), event()
    with pytest.raises(NothingSaid):
        desk.case_edits.follow_up(refused, case.ref, " ")
    with pytest.raises(NotYours):
        desk.case_edits.follow_up(replace(refused, person=BOB), case.ref, "Mine too.")
    assert desk.casework.show(case.ref) == case
    assert isinstance(desk.case_edits.follow_up(refused, case.ref, "Soon."), Case)


def test_the_database_refuses_to_change_the_audit_trail(address: str, desk: Desk) -> None:
    opened(desk)
    engine = create_engine(sqlalchemy_url(address))
    for change in ("UPDATE audit SET subject = 'C-2'", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    engine.dispose()
