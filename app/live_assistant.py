"""The bot that answers now. A changed policy makes a new one, which is built beside it."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import overload

from answer.assistant import Assistant
from answer.reply import Reply
from knowledge.policy import Policy
from knowledge.question import Question

log = logging.getLogger(__name__)

FileStates = frozenset[tuple[str, int, int]]
"""Path, size in bytes and time of the last change in nanoseconds of each file."""


class LiveAssistant:
    """Answers with the latest assistant. `refresh` may run in another thread than `reply`."""

    def __init__(self, build: Callable[[], Assistant], folders: Sequence[Path]) -> None:
        """`build` reads the policies; `folders` are those whose files it reads."""
        self._build = build
        self._folders = folders
        self._built_from = self._last_seen = file_states(folders)
        self._current = build()

    @property
    def current(self) -> Assistant:
        return self._current

    @property
    def policies(self) -> "LivePolicies":
        return LivePolicies(lambda: self._current.policies)

    def reply(self, question: Question) -> Reply:
        return self._current.reply(question)

    def refresh(self) -> bool:
        """Build a new assistant if a file was added, changed or removed; whether that was done.

        A change counts when two looks in a row see the same files: a file that is still being
        copied is not read. Raises BadInput when no policy can be read; the old assistant goes on.
        """
        seen, before = file_states(self._folders), self._last_seen
        self._last_seen = seen
        if seen == self._built_from or seen != before:
            return False
        self._built_from = seen  # a folder that cannot be read is reported once, not at each look
        self._current = self._build()
        log.info("The policies were read again: %s", self._current.summary)
        return True


class LivePolicies(Sequence[Policy]):
    """The policies in force: follows every change. A loop over it sees one state."""

    def __init__(self, policies: Callable[[], tuple[Policy, ...]]) -> None:
        self._policies = policies

    @overload
    def __getitem__(self, index: int) -> Policy: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Policy]: ...
    def __getitem__(self, index: int | slice) -> Policy | Sequence[Policy]:
        return self._policies()[index]

    def __len__(self) -> int:
        return len(self._policies())

    def __iter__(self) -> Iterator[Policy]:
        return iter(self._policies())


def file_states(folders: Iterable[Path]) -> FileStates:
    return frozenset(
        state for folder in folders for path in folder.rglob("*") for state in _state(path)
    )


def _state(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        if path.is_file():
            status = path.stat()
            yield str(path), status.st_size, status.st_mtime_ns
    except FileNotFoundError:
        return  # removed since the folder was listed
