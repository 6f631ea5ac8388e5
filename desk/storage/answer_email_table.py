"""E-mail addresses that askers left for the answer to one case.

An address is only here, and only until its e-mail was sent or the asker no longer waits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from desk.model.messages import MessageKind
from desk.storage import erasure
from desk.storage.database import Transaction
from desk.storage.outbox_table import UNDONE
from desk.storage.tables import answer_emails, askers, outbox

_UNSENT = (outbox.c.kind == MessageKind.ANSWER_EMAIL) & outbox.c.state.in_(UNDONE)


@dataclass(frozen=True, slots=True)
class LeftAddress:
    """`id` names the one e-mail that the address is for."""

    id: int
    asker_id: int
    case_id: int
    address: str
    left_at: datetime


def put(tx: Transaction, asker_id: int, address: str) -> None:
    """A later address replaces the one before, and the e-mail that waits to go there."""
    remove(tx, [asker_id])
    values = {"asker_id": asker_id, "address": address, "left_at": tx.now}
    tx.connection.execute(insert(answer_emails).values(values))


def address_of(tx: Transaction, asker_id: int) -> str:
    """Empty where the asker left none."""
    mine = select(answer_emails.c.address).where(answer_emails.c.asker_id == asker_id)
    return tx.connection.execute(mine).scalar_one_or_none() or ""


def left_by(tx: Transaction, asker_ids: Collection[int]) -> tuple[LeftAddress, ...]:
    return _found(tx, answer_emails.c.asker_id.in_(asker_ids))


def left_under(tx: Transaction, pseudonyms: Collection[str]) -> tuple[LeftAddress, ...]:
    return _found(tx, askers.c.person.in_(pseudonyms))


def remove(tx: Transaction, asker_ids: Collection[int]) -> None:
    """With the e-mail that was not sent yet."""
    gone = delete(answer_emails).where(answer_emails.c.asker_id.in_(asker_ids))
    if tx.connection.execute(gone).rowcount == 0:
        return
    tx.connection.execute(delete(outbox).where(_UNSENT, outbox.c.asker_id.in_(asker_ids)))
    erasure.count_deletion(tx)


def remove_unsent(tx: Transaction, before: datetime) -> None:
    """The addresses whose e-mail was queued before then, with the e-mails."""
    old = select(outbox.c.asker_id).where(_UNSENT, outbox.c.queued_at < before)
    remove(tx, tuple(tx.connection.execute(old.order_by(outbox.c.id)).scalars()))


def move(tx: Transaction, asker_id: int, to: int) -> None:
    """To the asker as whom the same person now waits in another case."""
    mine = update(answer_emails).where(answer_emails.c.asker_id == asker_id)
    tx.connection.execute(mine.values(asker_id=to))


def _found(tx: Transaction, wanted: ColumnElement[bool]) -> tuple[LeftAddress, ...]:
    found = (
        select(answer_emails, askers.c.case_id)
        .join(askers, askers.c.id == answer_emails.c.asker_id)
        .where(wanted)
    )
    rows = tx.connection.execute(found.order_by(answer_emails.c.id))
    return tuple(
        LeftAddress(row.id, row.asker_id, row.case_id, row.address, row.left_at) for row in rows
    )
