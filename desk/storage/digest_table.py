"""The last day whose digest was queued, in the table of counters."""

from datetime import date

from sqlalchemy import select, update

from desk.storage.database import Transaction
from desk.storage.rows import insert_or_ignore
from desk.storage.tables import counters

_NAME = "day of the last digest"
_LAST = counters.c.name == _NAME


def is_done(tx: Transaction, day: date) -> bool:
    last = tx.connection.execute(select(counters.c.number).where(_LAST)).scalar_one_or_none()
    return last is not None and last >= day.toordinal()


def claim(tx: Transaction, day: date) -> bool:
    """True for the one replica that queues the digest of this day, in this transaction."""
    insert_or_ignore(tx, counters, name=_NAME, number=0)
    earlier = _LAST & (counters.c.number < day.toordinal())
    mine = update(counters).where(earlier).values(number=day.toordinal())
    return tx.connection.execute(mine).rowcount == 1
