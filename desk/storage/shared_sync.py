"""One fsync for all commits that wait for it: what databases call a group commit.

SQLite with synchronous=FULL calls fsync in each commit, while all other writers wait. With
synchronous=NORMAL it leaves the call out, and loses its last commits when the power fails
(https://www.sqlite.org/pragma.html#pragma_synchronous). So the next writer goes on at once, and
each thread waits here until its own commit is on the disk, and all whose changes it has seen.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock


class SyncFailed(OSError):
    """The disk has refused an fsync: what was written may be lost, whatever a later one says."""


class SharedSync:
    """`sync` writes to the disk all that was written before it was called. SyncFailed from it is
    final; after any other error, the next call tries again."""

    def __init__(self, sync: Callable[[], object]) -> None:
        self._sync = sync
        self._syncing = Lock()
        self._committed = self._done = 0
        self._failure: SyncFailed | None = None

    def check(self) -> None:
        """Raises SyncFailed where a sync has failed before: nothing can be stored any more."""
        if self._failure is not None:
            message = "The disk failed to store something. Check it, then start the bot again."
            raise SyncFailed(message) from self._failure

    def count(self) -> None:
        """Count a commit. Called after it, and before the next writer may begin."""
        self._committed += 1

    @property
    def committed(self) -> int:
        """The number of the latest commit; a caller who holds up other writers has seen it."""
        return self._committed

    def wait(self, commit: int) -> None:
        """Return when this commit is on the disk, with all before it: at once where it is already.

        Raises OSError where that did not work, and SyncFailed at every call after one: what a
        disk has once failed to write, a later fsync may report as written.
        """
        if self._done >= commit:
            return
        with self._syncing:
            self.check()
            if self._done < commit:
                self._sync_all()

    def _sync_all(self) -> None:
        covered = self._committed
        try:
            self._sync()
        except SyncFailed as failure:
            self._failure = failure
            raise
        self._done = covered


def sync_log(database: Path) -> None:
    """Write the write-ahead log of this SQLite file to the disk. Raises SyncFailed where the disk
    refuses, and another OSError where the log cannot be opened at the moment.

    Only the log is opened: to close the database's own file would drop SQLite's locks on it
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        log = os.open(f"{database}-wal", os.O_RDWR)
    except FileNotFoundError:
        return  # a checkpoint has moved everything into the database, and synced that
    try:
        os.fsync(log)
    except OSError as failure:
        raise SyncFailed(*failure.args) from failure
    finally:
        os.close(log)
