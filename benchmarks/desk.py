"""Cases a second, the delay of a delivery, and questions a second, on SQLite and on PostgreSQL.

    python -m benchmarks.desk [CASES]

PostgreSQL is the server of TEST_DATABASE_URL, or one that is started for this. One process. One
thread takes the cases: each is accepted, handed over, claimed and answered, and its messages are
delivered. Then THREADS take twice as many questions: each is accepted and answered, and its reply
delivered.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles

from desk.model.clock import SystemClock
from desk.model.messages import CannotTell, NotSent, Outgoing, SentAs
from desk.model.people import Contact, Person
from desk.model.question import Accepted, Escalation, Incoming, Outcome
from desk.services.desk import Desk, Rules, open_desk
from desk.services.escalation import EqualWordsOnly
from knowledge.policy import Role
from knowledge.reason import Reason
from tests.desk import databases

THREADS = 8
COMMS = Contact("comms", "channel")
REPLY = "The policy says so. " * 70  # characters of a usual reply
JANE = Person("comms:jane", "Jane Smith")


class InstantMessenger:
    """A platform that takes no time, so that what is measured is the desk."""

    surfaces = frozenset({"terminal", "comms"})

    def __init__(self) -> None:
        self.sent_at: dict[str, float] = {}

    def send(self, outgoing: Outgoing) -> str:
        self.sent_at[outgoing.key] = time.perf_counter()
        return outgoing.key

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        return SentAs(outgoing.key) if outgoing.key in self.sent_at else NotSent()


@dataclass(frozen=True, slots=True)
class Figures:
    """`delays` in milliseconds, from the answer being accepted to its message being sent."""

    cases_per_second: float
    messages_per_second: float
    delays: tuple[float, ...]


def measure(desk: Desk, cases: int) -> Figures:
    messenger = InstantMessenger()
    delays, began = [], time.perf_counter()
    for number in range(cases):
        ref = _asked(desk, number)
        desk.casework.claim(ref, JANE)
        desk.casework.answer(ref, JANE, "No.")
        answered = time.perf_counter()
        desk.delivery.deliver_due(messenger)
        delays.append((_answer_sent_at(messenger) - answered) * 1000)
    seconds = time.perf_counter() - began
    return Figures(cases / seconds, len(messenger.sent_at) / seconds, tuple(delays))


def _asked(desk: Desk, number: int) -> str:
    why = Escalation(_accepted(desk, number), Reason.NEAR_MISS)
    return desk.escalations.hand_over(why).ref


def _accepted(desk: Desk, number: int) -> int:
    asker = Person(f"terminal:{number}", f"Asker {number}")
    contact = Contact("terminal", asker.key)
    asked = Incoming(
        f"E{number}", f"M{number}", contact, asker, Role.STAFF, f"What number {number} asks?"
    )
    accepted = desk.intake.accept(asked)
    assert isinstance(accepted, Accepted)  # noqa: S101 -- each is asked once
    return accepted.question_id


def questions_per_second(desk: Desk, numbers: range) -> float:
    messenger = InstantMessenger()

    def answer(number: int) -> None:
        desk.intake.finish(_accepted(desk, number), Outcome.ANSWERED, REPLY)
        desk.delivery.deliver_due(messenger, at_most=1)

    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(answer, numbers))
    desk.delivery.deliver_due(messenger)
    return len(numbers) / (time.perf_counter() - began)


def _answer_sent_at(messenger: InstantMessenger) -> float:
    return max(at for key, at in messenger.sent_at.items() if key.startswith("answer:"))


@contextmanager
def _addresses() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder, databases.postgresql() as server:
        address = databases.fresh(server)
        yield {"SQLite": f"sqlite:///{folder}/desk.db", "PostgreSQL": address}
        databases.drop(server, address)


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    head = f"{'':12}{'cases/s':>10}{'messages/s':>12}{'delay ms: median':>18}{'95 %':>8}"
    print(f"{head}{'questions/s':>13}")
    with _addresses() as addresses:
        for name, address in addresses.items():
            desk = open_desk(address, Rules(comms=(COMMS,)), SystemClock(), EqualWordsOnly())
            found = measure(desk, cases)
            questions = questions_per_second(desk, range(cases, 3 * cases))
            desk.close()
            rates = f"{found.cases_per_second:>10.1f}{found.messages_per_second:>12.1f}"
            late = quantiles(found.delays, n=20)[-1]
            delays = f"{median(found.delays):>18.1f}{late:>8.1f}"
            print(f"{name:12}{rates}{delays}{questions:>13.0f}")


if __name__ == "__main__":
    main()
