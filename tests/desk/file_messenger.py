"""A platform that outlives the processes that send to it: a file with a line for each message."""

import os
from dataclasses import dataclass
from pathlib import Path

from desk.model.messages import CannotTell, NotSent, Outgoing, SentAs


@dataclass(frozen=True)
class Line:
    key: str
    address: str
    kind: str


class FileMessenger:
    """Writes each message at once and whole, even when two processes send together."""

    surfaces = frozenset({"terminal", "comms"})

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.touch()

    def send(self, outgoing: Outgoing) -> str:
        kind = type(outgoing.message).__name__
        line = f"{outgoing.key}\t{outgoing.contact.address}\t{kind}\n"
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        os.write(file, line.encode())
        os.close(file)
        return outgoing.key

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        sent = {line.key for line in self.lines()}
        return SentAs(outgoing.key) if outgoing.key in sent else NotSent()

    def lines(self) -> list[Line]:
        return [Line(*line.split("\t")) for line in self._path.read_text().splitlines()]
