"""Column types and names that mean the same on SQLite and PostgreSQL.

What people wrote passes through these types, whether it is stored or looked for: a character
that one of the databases refuses never reaches it.
"""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)

from knowledge.storable_text import storable

LONGEST_NAME = 200  # characters
_LONGEST_KEY = 200  # characters
_DIGEST = 64  # characters of a SHA-256 in hexadecimal


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC. SQLite forgets the zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Words(TypeDecorator[str]):
    """Text of any length that a person or a handler wrote."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return value if value is None else storable(value)


class Name(TypeDecorator[str]):
    """The name of a person, an office or a file, cut where it has more characters."""

    impl = String
    cache_ok = True

    def __init__(self, length: int = LONGEST_NAME) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        return value if value is None else shown_name(value, self.length)


class Key(TypeDecorator[str]):
    """A platform's own id. One of more than 200 characters is found again by its digest."""

    impl = String(_LONGEST_KEY)
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Dialect) -> str | None:
        if value is None:
            return value
        key = storable(value)
        if len(key) <= _LONGEST_KEY:
            return key
        return key[: _LONGEST_KEY - _DIGEST] + hashlib.sha256(key.encode()).hexdigest()


class JsonWords(TypeDecorator[list[object]]):
    """Nested lists of text, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[object] | None, _: Dialect) -> list[object] | None:
        return value if value is None else [_storable(each) for each in value]


def shown_name(name: str, length: int = LONGEST_NAME) -> str:
    """The name as the database keeps it."""
    cleaned = storable(name)
    return cleaned if len(cleaned) <= length else f"{cleaned[: length - 1]}…"


def _storable(value: object) -> object:
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return storable(value) if isinstance(value, str) else value


# SQLite counts up by itself only in a column of the type INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
