"""A value from another machine that all requests share, such as Microsoft's keys."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar

T = TypeVar("T")

RETRY_S = 10.0  # between a failure and the next try


class UnavailableError(Exception):
    """The value could not be fetched just now."""


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """`fresh_s`: seconds until it is fetched again; `usable_s`: until it is of no use, if that
    fails."""

    value: T
    fresh_s: float
    usable_s: float


class FetchedValue(Generic[T]):
    """Fetched once for all who wait, and kept. If fetching it again fails, the old value serves as
    long as it is usable. Without one, callers fail at once until RETRY_S is over. So any number of
    requests opens one connection and holds no thread.

    `fetch` must limit its own time, and raise UnavailableError.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[Fetched[T]]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._kept: Fetched[T] | None = None
        self._fetched_at = self._failed_at = -inf

    async def get(self, max_age_s: float = inf) -> T:
        """Not older than `max_age_s` seconds, if it can be had. Raises UnavailableError."""
        if self._kept is None or not self._is_fresh(self._kept, max_age_s):
            async with self._lock:
                await self._refresh(max_age_s)
        if self._kept is None or self._age() >= self._kept.usable_s:
            raise UnavailableError
        return self._kept.value

    def forget(self) -> None:
        self._kept = None

    async def _refresh(self, max_age_s: float) -> None:
        """Those who waited for the lock find what the first one fetched, or its failure."""
        if self._kept is not None and self._is_fresh(self._kept, max_age_s):
            return
        if self._clock() - self._failed_at < RETRY_S:
            return
        try:
            self._kept = await self._fetch()
            self._fetched_at = self._clock()
        except UnavailableError:
            self._failed_at = self._clock()

    def _is_fresh(self, kept: Fetched[T], max_age_s: float) -> bool:
        return self._age() < min(kept.fresh_s, max_age_s)

    def _age(self) -> float:
        return self._clock() - self._fetched_at
