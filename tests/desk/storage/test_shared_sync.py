"""What is committed is on the disk before anybody relies on it, and commits share an fsync."""

import errno
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import pytest

from desk.model.people import ActorRole, Person
from desk.storage import person_table
from desk.storage.database import Storage, open_storage
from desk.storage.shared_sync import SharedSync, SyncFailed
from tests.desk.fakes import FakeClock

PATIENCE_S = 20
MANY = 30


class Disk:
    """`written` is what a sync that begins now makes safe; each sync waits until it is let go."""

    def __init__(self) -> None:
        self.written: set[int] = set()
        self.safe: set[int] = set()
        self.syncs = 0
        self.begun, self.let_go = Event(), Event()

    def sync(self) -> None:
        covered = set(self.written)
        self.syncs += 1
        self.begun.set()
        assert self.let_go.wait(PATIENCE_S)
        self.safe |= covered


def test_commits_that_wait_share_one_sync_and_none_returns_before_it_is_safe() -> None:
    disk, lock, unsafe = Disk(), Lock(), []
    synced = SharedSync(disk.sync)

    def commit(number: int) -> None:
        with lock:
            disk.written.add(number)
            synced.count()
            mine = synced.committed
        synced.wait(mine)
        if number not in disk.safe:
            unsafe.append(number)

    with ThreadPoolExecutor(MANY) as threads:
        first = threads.submit(commit, 0)
        assert disk.begun.wait(PATIENCE_S)
        others = [threads.submit(commit, number) for number in range(1, MANY)]
        while len(disk.written) < MANY:
            pass
        disk.let_go.set()
        for each in (first, *others):
            each.result(PATIENCE_S)
    assert unsafe == []
    assert disk.syncs < MANY


def test_a_commit_alone_is_synced_before_it_returns() -> None:
    calls: list[str] = []
    synced = SharedSync(lambda: calls.append("synced"))
    for number in (1, 2, 3):
        synced.count()
        synced.wait(synced.committed)
        synced.wait(synced.committed)
        assert len(calls) == number


def test_after_a_failed_sync_nothing_is_called_safe_any_more() -> None:
    def fail() -> None:
        calls.append("tried")
        if len(calls) == 1:
            raise SyncFailed("disk")

    calls: list[str] = []
    synced = SharedSync(fail)
    raised = []
    synced.count()
    for _ in range(3):
        with pytest.raises(SyncFailed, match="disk") as each:
            synced.wait(synced.committed)
        raised.append(each.value)
    assert calls == ["tried"], "a later fsync may report pages as written that it has dropped"
    assert len(set(map(id, raised))) == 3, "the traceback of one exception would grow each time"


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    opened = open_storage(f"sqlite:///{tmp_path}/desk.db", FakeClock())
    yield opened
    opened.close()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that Python has synced."""
    names: list[str] = []
    fsync = os.fsync

    def recorded(file: int) -> None:
        names.append(Path(f"/proc/self/fd/{file}").readlink().name)
        fsync(file)

    monkeypatch.setattr(os, "fsync", recorded)
    return names


def fail(*_: object) -> int:
    raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))


def test_after_a_failed_fsync_nothing_is_stored(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
            known(storage, "ann")
    with pytest.raises(OSError, match="start the bot again"):
        known(storage, "bob")
    with storage.read() as tx:
        assert person_table.asking(tx, "terminal:ann")
        assert not person_table.asking(tx, "terminal:bob")


def test_a_moment_without_file_descriptors_is_over_when_they_are_back(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, synced: list[str]
) -> None:
    with monkeypatch.context() as failing:
        failing.setattr(os, "open", fail)
        with pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
            known(storage, "ann")
    known(storage, "bob")
    assert synced == ["desk.db-wal"]


def known(storage: Storage, name: str) -> None:
    with storage.begin() as tx:
        person_table.known(tx, Person(f"terminal:{name}", name), ActorRole.ASKER)


def test_each_transaction_that_wrote_ends_with_a_sync_of_the_log(
    storage: Storage, synced: list[str]
) -> None:
    for number in range(3):
        with storage.begin() as tx:
            person_table.known(tx, Person(f"terminal:{number}", "Ann"), ActorRole.ASKER)
            assert len(synced) == number
    assert synced == ["desk.db-wal"] * 3


def test_a_transaction_that_changed_nothing_is_not_synced(
    storage: Storage, synced: list[str]
) -> None:
    with storage.begin() as tx:
        person_table.asking(tx, "terminal:ann")
    with storage.read() as tx:
        person_table.asking(tx, "terminal:ann")
    assert synced == []


def test_what_a_transaction_has_read_is_on_the_disk_when_it_ends(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, let_go, ended = Event(), Event(), Event()

    def slow(_: int) -> None:
        begun.set()
        assert let_go.wait(PATIENCE_S)

    def repeat() -> None:
        with storage.begin() as tx:
            assert person_table.asking(tx, "terminal:ann")
            repeated.set()
        ended.set()

    repeated = Event()
    monkeypatch.setattr(os, "fsync", slow)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(known, storage, "ann")
        assert begun.wait(PATIENCE_S)
        second = threads.submit(repeat)
        assert repeated.wait(PATIENCE_S)
        too_early = ended.wait(0.2)
        let_go.set()
        first.result(PATIENCE_S)
        second.result(PATIENCE_S)
    assert not too_early


def test_the_outbox_is_told_of_a_message_after_it_is_safe(
    storage: Storage, synced: list[str]
) -> None:
    told: list[int] = []
    storage.when_queued(lambda _: told.append(len(synced)))
    with storage.begin() as tx:
        person_table.known(tx, Person("terminal:ann", "Ann"), ActorRole.ASKER)
        tx.queued.append("slack")
    assert told == [1]
