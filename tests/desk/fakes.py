"""Stand-ins with the same Protocols as the real parts, which keep evidence of what they did."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desk.model.messages import CannotTell, Message, NotSent, Outgoing, SentAs


class FakeClock:
    """A Monday morning in London; moves only when told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, **passed: float) -> None:
        self.time += timedelta(**passed)


class RecordingMessenger:
    """Keeps what was sent, and fails as `failures` say, the first one first."""

    surfaces = frozenset({"terminal", "comms"})

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []
        self.failures: list[Exception] = []
        self.asked_for: list[str] = []

    def send(self, outgoing: Outgoing) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(outgoing)
        return f"m{len(self.sent)}"

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        self.asked_for.append(outgoing.key)
        for number, sent in enumerate(self.sent, start=1):
            if sent.key == outgoing.key:
                return SentAs(f"m{number}")
        return NotSent()

    def to(self, address: str) -> list[Message]:
        return [sent.message for sent in self.sent if sent.contact.address == address]


class RecordedEmail(RecordingMessenger):
    surfaces = frozenset({"email"})


class ForgetfulMessenger(RecordingMessenger):
    """As a platform that cannot say what it has sent."""

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        self.asked_for.append(outgoing.key)
        return CannotTell()


class BreakingMessenger(RecordingMessenger):
    """Sends, and loses the connection before it learns so."""

    def send(self, outgoing: Outgoing) -> str:
        super().send(outgoing)
        raise ConnectionError


class SharedWord:
    """Questions are alike that share their first word."""

    def same(self, question: str, pending: Sequence[str]) -> Sequence[int]:
        first = question.split(maxsplit=1)[0]
        return [place for place, other in enumerate(pending) if other.split()[0] == first]

    def group(self, texts: Sequence[str]) -> Sequence[Sequence[int]]:
        groups: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            groups.setdefault(text.split()[0], []).append(place)
        return list(groups.values())
