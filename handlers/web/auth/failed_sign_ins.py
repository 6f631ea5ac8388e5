"""Failed sign-ins in the audit trail: noted at once, and counted where there are many."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from desk.model.clock import Clock
from desk.services.sign_ins import SignIns

# An hour of guessing adds at most two entries for each reason, and there are few reasons.
WINDOW = timedelta(hours=1)


@dataclass(slots=True)
class _Counted:
    since: datetime
    more: int = 0


class FailedSignIns:
    """The failed sign-ins of this process. Synchronous; callable from any thread."""

    def __init__(self, sign_ins: SignIns, clock: Clock) -> None:
        self._sign_ins = sign_ins
        self._clock = clock
        self._counted: dict[str, _Counted] = {}
        self._lock = Lock()

    def note(self, why: str) -> None:
        """The first for this reason enters the trail now; others of the same hour as a number."""
        with self._lock:
            now = self._clock.now()
            counted = self._counted.get(why)
            if counted is not None and now - counted.since < WINDOW:
                counted.more += 1
                return
            self._sum_up(why)
            self._counted[why] = _Counted(now)
            self._sign_ins.refused(why)

    def close(self) -> None:
        """Before the process ends: note the numbers of the last hour."""
        with self._lock:
            for why in tuple(self._counted):
                self._sum_up(why)

    def _sum_up(self, why: str) -> None:
        counted = self._counted.pop(why, None)
        if counted is not None and counted.more:
            self._sign_ins.refused(f"{why} ({counted.more} more within an hour)")
