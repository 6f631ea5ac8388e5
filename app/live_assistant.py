"""The bot that answers now. When a policy changes, a new bot is built while the old one answers."""

import logging
import time
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

FIRST_PAUSE_S = 60.0
LONGEST_PAUSE_S = 600.0

FileStates = frozenset[tuple[str, int, int]]
"""Path, size in bytes and time of the last change in nanoseconds of each file."""


@dataclass(frozen=True, slots=True)
class Built:
    """`unread` has one clear sentence for each policy that could not be read; `taught` is what
    the policies were taught with questions of their own."""

    assistant: Assistant
    unread: tuple[str, ...] = ()
    taught: Taught = field(default_factory=Taught)


@dataclass(slots=True)
class Pause:
    """After each build of one state that failed, a longer pause, from FIRST_PAUSE_S to
    LONGEST_PAUSE_S: to build takes all of a processor. `now` is in seconds."""

    now: Callable[[], float]
    state: Hashable = None
    seconds: float = 0.0
    until: float = float("-inf")

    def is_over(self, state: Hashable) -> bool:
        """Another state is tried at once."""
        if state != self.state:
            self.state, self.seconds, self.until = state, 0.0, float("-inf")
        return self.now() >= self.until

    def lengthen(self) -> None:
        self.seconds = min(max(2 * self.seconds, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        self.until = self.now() + self.seconds


class LiveAssistant:
    """Answers with the latest assistant. `refresh` may run in another thread than `reply`."""

    def __init__(
        self,
        build: Callable[[], Built],
        state: Callable[[], Hashable],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`build` reads the policies; `state` changes whenever it would read something else;
        `now` is in seconds."""
        self._build = build
        self._state = state
        self._pause = Pause(now)
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
        is not read. Raises BadInput when no policy can be read; the old assistant goes on. After
        a fault of another kind, the same state is tried again after a pause.
        """
        seen, before = self._state(), self._last_seen
        self._last_seen = seen
        if seen == self._built_from or seen != before or not self._pause.is_over(seen):
            return False
        try:
            self._current = self._build()
        except BadInput:
            self._built_from = seen  # what cannot be read is reported once, not at each look
            raise
        except Exception:
            self._pause.lengthen()
            raise
        self._built_from = seen
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
