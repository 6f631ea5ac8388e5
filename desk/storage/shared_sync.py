"""One fsync for all commits that wait for it: what databases call a group commit.

SQLite with synchronous=FULL calls fsync in each commit, while all other writers wait. With
synchronous=NORMAL it leaves the call out, and loses its last commits when the power fails
(https://www.sqlite.org/pragma.html#pragma_synchronous). So the next writer goes on at once, and
each thread waits here until its own commit is on the disk.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock


class SharedSync:
    """`sync` writes to the disk all that was written before it was called."""

    def __init__(self, sync: Callable[[], object]) -> None:
        self._sync = sync
        self._counting, self._syncing = Lock(), Lock()
        self._requested = self._done = 0
        self._failure: OSError | None = None

    def wait(self) -> None:
        """Return when a sync has ended that began after this call.

        Raises OSError where the disk refuses, and from then on at every call: what a disk has
        once failed to write, a later fsync may report as written.
        """
        with self._counting:
            self._requested += 1
            mine = self._requested
        with self._syncing:
            if self._failure is not None:
                raise self._failure
            if self._done < mine:
                self._sync_all()

    def _sync_all(self) -> None:
        covered = self._requested
        try:
            self._sync()
        except OSError as failure:
            self._failure = failure
            raise
        self._done = covered


def sync_log(database: Path) -> None:
    """Write the write-ahead log of this SQLite file to the disk.

    Only the log is opened: to close the database's own file would drop SQLite's locks on it
    (https://www.sqlite.org/howtocorrupt.html, 2.2).
    """
    try:
        log = os.open(f"{database}-wal", os.O_RDWR)
    except FileNotFoundError:
        return  # a checkpoint has moved everything into the database, and synced that
    try:
        os.fsync(log)
    finally:
        os.close(log)
