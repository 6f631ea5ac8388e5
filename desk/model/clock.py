"""What time it is, so that a test can say it is another time."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """An aware time; the desk stores it as UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)
