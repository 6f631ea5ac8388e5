"""What every other storage file needs, the same on both databases."""

import json
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, Text, cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from desk.model.case import Quote
from desk.storage.database import Transaction

AnyRow = Row[*tuple[Any, ...]]
_LARGEST = 2**63 - 1


def row_number(number: int) -> int:
    """A number from outside as a column can hold it: one that is too large becomes 0, which is
    the number of no row."""
    return number if abs(number) <= _LARGEST else 0


def insert_or_ignore(tx: Transaction, table: Table, **values: object) -> AnyRow | None:
    """The new row, or None where a unique key was taken, also by a transaction now ending."""
    statement = _insert_or_ignore(tx.connection.dialect.name, table)
    return tx.connection.execute(statement, values).one_or_none()


@cache
def _insert_or_ignore(dialect: str, table: Table) -> ReturningInsert[*tuple[Any, ...]]:
    """Kept: to build a statement takes longer than to execute it."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing().returning(*table.c)
    return postgresql.insert(table).on_conflict_do_nothing().returning(*table.c)


def cites(quotes: ColumnElement[Any], policy: str) -> ColumnElement[bool]:
    """Whether one of the stored quotes is from the policy with this name."""
    # A quote is stored as a list that begins with the name of its policy.
    begins = f"[{json.dumps(policy)}, "
    return cast(quotes, Text).contains(begins, autoescape=True)


def as_json(quotes: tuple[Quote, ...]) -> list[list[str]]:
    return [[quote.policy, quote.section, quote.heading, quote.text] for quote in quotes]


def as_quotes(stored: list[list[str]]) -> tuple[Quote, ...]:
    return tuple(Quote(*fields) for fields in stored)
