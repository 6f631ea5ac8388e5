"""The bot that answers now. When a policy changes, a new bot is built while the old one answers."""

import logging
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

from answer.assistant import Assistant
from answer.explanation import Explanation
from answer.reply import Reply
from app.lessons import Taught
from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.question import Question

log = logging.getLogger(__name__)

FileStates = frozenset[tuple[str, int, int]]
"""Path, size in bytes and time of the last change in nanoseconds of each file."""


@dataclass(frozen=True, slots=True)
class Built:
    """`unread` has one clear sentence for each policy that could not be read; `taught` is what
    the policies were taught with questions of their own."""

    assistant: Assistant
    unread: tuple[str, ...] = ()
    taught: Taught = field(default_factory=Taught)


class LiveAssistant:
    """Answers with the latest assistant. `refresh` may run in another thread than `reply`."""

    def __init__(self, build: Callable[[], Built], state: Callable[[], Hashable]) -> None:
        """`build` reads the policies; `state` changes whenever it would read something else."""
        self._build = build
        self._state = state
        self._built_from = self._last_seen = state()
        self._current = build()

    @property
    def current(self) -> Assistant:
        return self._current.assistant

    @property
    def unread(self) -> tuple[str, ...]:
        return self._current.unread

    @property
    def taught(self) -> Taught:
        return self._current.taught

    @property
    def policies(self) -> "LivePolicies":
        return LivePolicies(lambda: self.current.policies)

    def reply(self, question: Question) -> Reply:
        return self.current.reply(question)

    def explain(self, question: Question) -> tuple[Explanation, ...]:
        return self.current.explain(question)

    def refresh(self) -> bool:
        """Build a new assistant if the policies have changed; whether that was done.

        A change counts when two looks in a row see the same: a file that is still being copied
        is not read. Raises BadInput when no policy can be read; the old assistant goes on.
        """
        seen, before = self._state(), self._last_seen
        self._last_seen = seen
        if seen == self._built_from or seen != before:
            return False
        try:
            self._current = self._build()
        except BadInput:
            self._built_from = seen  # what cannot be read is reported once, not at each look
            raise
        self._built_from = seen  # after a fault of another kind, the next look tries again
        log.info("The policies were read again: %s", self.current.summary)
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
