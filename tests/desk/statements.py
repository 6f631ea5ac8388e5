"""What the database is asked to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

_WRITING = ("INSERT", "UPDATE", "DELETE")


class Statements:
    """The statements sent meanwhile, without those that begin a transaction."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    @property
    def writing(self) -> list[str]:
        return [each for each in self.sent if each.startswith(_WRITING)]

    def hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.sent.append(statement)


@contextmanager
def statements() -> Iterator[Statements]:
    found = Statements()
    event.listen(Engine, "before_cursor_execute", found.hear)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", found.hear)
