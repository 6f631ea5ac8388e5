"""Delivers what is due, and does the jobs that happen at set times.

Every replica runs one; the desk's leases and locks keep them out of each other's way.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain

from desk.model.messages import Messenger
from handlers.conversation.services import Services

# Messages that another replica put into the outbox are found by looking.
OUTBOX_EVERY = timedelta(seconds=1)
CASES_EVERY = timedelta(seconds=20)
# People who change a policy or its questions watch for the bot to follow.
POLICIES_EVERY = timedelta(seconds=2)
# A retry of what an open reader of the database held up.
DISK_EVERY = timedelta(minutes=1)
# It hashes every clause.
RECHECK_EVERY = timedelta(minutes=5)
PURGE_EVERY = timedelta(days=1)
# For each platform: one message takes a platform about 0.2 s, so that these deliver 40 a second.
SENDERS = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`every` is the longest time between two runs. A new message for one of `surfaces` runs it
    at once; so many may be `together`."""

    name: str
    every: timedelta
    run: Callable[[], object]
    surfaces: frozenset[str] = frozenset()
    together: int = 1


@dataclass(eq=False, slots=True)
class Runner:
    """Runs a job again and again; `asleep` between two runs."""

    job: Job
    wake_up: asyncio.Event = field(default_factory=asyncio.Event)
    asleep: bool = False

    async def run(self) -> None:
        while True:
            self.wake_up.clear()
            await _run(self.job)
            self.asleep = True
            # asyncio.wait_for may lose a cancellation that comes in the same moment as the wake-up
            # (https://github.com/python/cpython/issues/86296), and then the bot never stops.
            with suppress(TimeoutError):
                async with asyncio.timeout(self.job.every.total_seconds()):
                    await self.wake_up.wait()
            self.asleep = False


class Worker:
    def __init__(self, services: Services, messengers: Sequence[Messenger]) -> None:
        self._desk = services.desk
        self._jobs = [*_deliveries(services, messengers), *_scheduled(services)]
        self._runners: list[list[Runner]] = []

    async def run(self) -> None:
        """Run until cancelled. A message that a thread is sending then is sent first."""
        loop = asyncio.get_running_loop()
        self._runners = [[Runner(job) for _ in range(job.together)] for job in self._jobs]
        self._desk.when_queued(
            lambda surfaces: loop.call_soon_threadsafe(self._wake, Counter(surfaces))
        )
        try:
            async with asyncio.TaskGroup() as group:
                for runner in chain.from_iterable(self._runners):
                    group.create_task(runner.run())
        finally:
            self._desk.when_queued(bool)

    def _wake(self, queued: Counter[str]) -> None:
        """One runner for each message. Where all are busy, each looks again when it is done."""
        for runners in self._runners:
            wanted = sum(queued[surface] for surface in runners[0].job.surfaces)
            if not wanted:
                continue
            asleep = [each for each in runners if each.asleep and not each.wake_up.is_set()]
            for runner in asleep[:wanted] or runners:
                runner.wake_up.set()


async def _run(job: Job) -> None:
    run = asyncio.ensure_future(asyncio.to_thread(job.run))
    try:
        await asyncio.shield(run)
    except asyncio.CancelledError:
        # A thread cannot be stopped, and must not lose its database while it runs.
        await asyncio.wait([run])
        raise
    except Exception:  # a job that fails now is tried again, and the others go on
        log.exception("The %s failed", job.name)


def _deliveries(services: Services, messengers: Sequence[Messenger]) -> list[Job]:
    return [
        Job(
            "delivery",
            OUTBOX_EVERY,
            _delivery(services, messenger),
            surfaces=frozenset(messenger.surfaces),
            together=SENDERS,
        )
        for messenger in messengers
    ]


def _delivery(services: Services, messenger: Messenger) -> Callable[[], object]:
    return lambda: services.desk.delivery.deliver_due(messenger)


def _scheduled(services: Services) -> list[Job]:
    desk = services.desk
    return [
        Job("sweep", CASES_EVERY, lambda: desk.jobs.sweep(services.conversation.answer_again)),
        Job("reminder", CASES_EVERY, desk.jobs.remind),
        Job("closing", CASES_EVERY, desk.jobs.close_answered),
        Job("digest", CASES_EVERY, lambda: desk.digests.queue_due(services.policies)),
        Job("re-check", RECHECK_EVERY, lambda: desk.jobs.recheck(services.policies)),
        Job("policies", POLICIES_EVERY, services.refresh_policies),
        Job("removal of deleted data", DISK_EVERY, desk.privacy.finish_deletions),
        Job("purge", PURGE_EVERY, desk.privacy.purge),
    ]
