"""Delivers what is due and does what must happen without anybody doing anything.

Every replica runs one; the desk's leases keep them out of each other's way.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from desk.model.messages import Messenger
from handlers.conversation.services import Services

# What another replica put into the outbox is found by looking.
LOOK = timedelta(seconds=1)
WATCH = timedelta(seconds=20)
TIDY = timedelta(days=1)
HANDS = 2  # at each platform, so that one slow send does not hold up all

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is the longest time between two runs; `woken` runs it at once when there is post."""

    name: str
    every: timedelta
    run: Callable[[], object]
    woken: bool = False


class Worker:
    def __init__(self, service: Services, messengers: Sequence[Messenger]) -> None:
        self._desk = service.desk
        self._chores = [*_deliveries(service, messengers), *_rounds(service)]
        self._bells: list[asyncio.Event] = []

    async def run(self) -> None:
        """Until it is cancelled; then what a thread is sending is first sent."""
        loop = asyncio.get_running_loop()
        self._desk.when_posted(lambda: loop.call_soon_threadsafe(self._ring))
        try:
            async with asyncio.TaskGroup() as group:
                for chore in self._chores:
                    group.create_task(self._repeat(chore))
        finally:
            self._desk.when_posted(bool)

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    async def _repeat(self, chore: Job) -> None:
        bell = asyncio.Event()
        if chore.woken:
            self._bells.append(bell)
        while True:
            bell.clear()
            await _do(chore)
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), chore.every.total_seconds())


async def _do(chore: Job) -> None:
    run = asyncio.ensure_future(asyncio.to_thread(chore.run))
    try:
        await asyncio.shield(run)
    except asyncio.CancelledError:
        # A thread cannot be stopped, and must not lose its database under its hands.
        await asyncio.wait([run])
        raise
    except Exception:  # a chore that fails now is tried again, and the others go on
        log.exception("The %s failed", chore.name)


def _deliveries(service: Services, messengers: Sequence[Messenger]) -> list[Job]:
    return [
        Job("delivery", LOOK, _delivery(service, messenger), woken=True)
        for messenger in messengers
        for _ in range(HANDS)
    ]


def _delivery(service: Services, messenger: Messenger) -> Callable[[], object]:
    return lambda: service.desk.delivery.deliver_due(messenger)


def _rounds(service: Services) -> list[Job]:
    desk = service.desk
    return [
        Job("sweep", WATCH, lambda: desk.jobs.sweep(service.conversation.answer_again)),
        Job("reminder", WATCH, desk.jobs.remind),
        Job("re-check", WATCH, lambda: desk.jobs.recheck(service.policies)),
        Job("policies", WATCH, service.refresh_policies),
        Job("closing", WATCH, desk.jobs.close_answered),
        Job("purge", TIDY, desk.privacy.purge),
    ]
