"""The bot as it would be with an uploaded version in force."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from answer.assistant import Assistant
from desk.model.policy_version import PolicyVersion
from knowledge.errors import BadInput

BUSY = "Another test is running. Try again in a minute."


@dataclass(frozen=True, slots=True)
class _Built:
    """`beside`: the assistant that answered when this one was built."""

    version: PolicyVersion
    beside: Assistant
    assistant: Assistant


class VersionBots:
    """Builds one at a time, because it takes a minute of all cores, and keeps the last one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: _Built | None = None

    def of(
        self, version: PolicyVersion, beside: Assistant, build: Callable[[], Assistant]
    ) -> Assistant:
        """`beside` is the assistant that answers now. Raises BadInput while another is built."""
        if kept := self._kept(version, beside):
            return kept
        if not self._lock.acquire(blocking=False):
            raise BadInput(BUSY)
        try:
            assistant = self._kept(version, beside) or build()
            self._last = _Built(version, beside, assistant)
            return assistant
        finally:
            self._lock.release()

    def _kept(self, version: PolicyVersion, beside: Assistant) -> Assistant | None:
        last = self._last
        if last and last.version == version and last.beside is beside:
            return last.assistant
        return None
