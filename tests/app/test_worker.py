"""The worker: new messages are sent at once, by as many threads as there are messages."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Barrier

from app.worker import Worker
from desk.model.messages import CannotTell, Messenger, NotSent, Outgoing, SentAs
from desk.model.people import Contact, Person
from desk.model.question import Accepted, Incoming, Outcome
from desk.services.desk import Desk
from handlers.conversation.services import Services
from knowledge.policy import Role
from tests.toy_service import Toy, in_folder

PATIENCE_S = 20
TOGETHER = 4


class MeetingMessenger:
    """Each send waits until so many are being sent at once."""

    def __init__(self, surface: str, together: int) -> None:
        self.surfaces = frozenset({surface})
        self.sent: list[str] = []
        self._barrier = Barrier(together, timeout=PATIENCE_S)

    def send(self, outgoing: Outgoing) -> str:
        self._barrier.wait()
        self.sent.append(outgoing.key)
        return outgoing.key

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        return SentAs(outgoing.key) if outgoing.key in self.sent else NotSent()


@asynccontextmanager
async def working(services: Services, messengers: Sequence[Messenger]) -> AsyncIterator[None]:
    task = asyncio.create_task(Worker(services, messengers).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def answered(desk: Desk, surface: str, number: int) -> None:
    asker = Person(f"{surface}:{number}", "Ann")
    asked = Incoming(
        f"E{number}", f"M{number}", Contact(surface, asker.key), asker, Role.STAFF, "May I?"
    )
    accepted = desk.intake.accept(asked)
    assert isinstance(accepted, Accepted)
    desk.intake.finish(accepted.question_id, Outcome.ANSWERED, "{}")


def wait_until(condition: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_messages_that_come_together_are_sent_together(tmp_path: Path) -> None:
    async def run() -> None:
        async with working(services, [messenger]):
            await asyncio.gather(
                *(
                    asyncio.to_thread(answered, services.desk, "slack", number)
                    for number in range(TOGETHER)
                )
            )
            await asyncio.to_thread(wait_until, lambda: len(messenger.sent) == TOGETHER)

    services, messenger = Toy(in_folder(tmp_path)).service(), MeetingMessenger("slack", TOGETHER)
    asyncio.run(run())
    services.desk.close()


def test_every_message_of_many_is_sent_once(tmp_path: Path) -> None:
    async def run() -> None:
        async with working(services, messengers):
            for number in range(60):
                await asyncio.to_thread(answered, services.desk, "slack", number)
                await asyncio.to_thread(answered, services.desk, "teams", 1000 + number)
            await asyncio.to_thread(wait_until, lambda: not services.desk.backlog().waiting)

    services = Toy(in_folder(tmp_path)).service()
    messengers = [MeetingMessenger("slack", 1), MeetingMessenger("teams", 1)]
    asyncio.run(run())
    services.desk.close()
    assert [len(set(each.sent)) for each in messengers] == [60, 60]
    assert [len(each.sent) for each in messengers] == [60, 60]
