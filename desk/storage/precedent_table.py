"""Published answers, and a counter of their changes."""

from collections.abc import Collection, Iterable
from dataclasses import astuple

from sqlalchemy import insert, select, update

from desk.model.errors import NoSuchPrecedent
from desk.model.precedent import KEPT, CitedClause, Precedent, PrecedentState, Reviewed
from desk.storage.database import Transaction
from desk.storage.rows import AnyRow
from desk.storage.tables import counters, precedents

_CHANGES = counters.c.name == "precedents"


def add(tx: Transaction, case_id: int | None, reviewed: Reviewed) -> int:
    """`case_id` is None for an answer that no case asked for."""
    row = insert(precedents).values(
        case_id=case_id,
        state=PrecedentState.PUBLISHED,
        published_at=tx.now,
        edited_at=tx.now,
        **_columns(reviewed),
    )
    return int(tx.connection.execute(row.returning(precedents.c.id)).scalar_one())


def change(tx: Transaction, number: int, reviewed: Reviewed) -> None:
    """Brings a withheld answer back into use."""
    mine = update(precedents).where(precedents.c.id == number)
    values = _columns(reviewed) | {
        "edited_at": tx.now,
        "state": PrecedentState.PUBLISHED,
        "repeats_erased": False,
    }
    tx.connection.execute(mine.values(values))


def withhold(tx: Transaction, case_id: int) -> None:
    """Take the published answers of a case out of use until somebody looks at them."""
    mine = (precedents.c.case_id == case_id) & (precedents.c.state == PrecedentState.PUBLISHED)
    withheld = update(precedents).where(mine).values(state=PrecedentState.WITHHELD)
    if tx.connection.execute(withheld).rowcount:
        count_change(tx)


def set_repeats_erased(tx: Transaction, numbers: Collection[int]) -> None:
    """They repeat words of a person whose data were erased, until somebody edits them."""
    these = update(precedents).where(precedents.c.id.in_(numbers))
    tx.connection.execute(these.values(repeats_erased=True))
    count_change(tx)


def retire(tx: Transaction, number: int) -> None:
    mine = update(precedents).where(precedents.c.id == number)
    tx.connection.execute(mine.values(edited_at=tx.now, state=PrecedentState.RETIRED))


def load(tx: Transaction, number: int) -> Precedent:
    """Raises NoSuchPrecedent."""
    row = tx.connection.execute(select(precedents).where(precedents.c.id == number)).one_or_none()
    if row is None:
        raise NoSuchPrecedent(f"There is no published answer P-{number}.")
    return _precedent(row)


def listed(tx: Transaction, states: Iterable[PrecedentState]) -> tuple[Precedent, ...]:
    these = precedents.c.state.in_(states)
    rows = tx.connection.execute(select(precedents).where(these).order_by(precedents.c.id))
    return tuple(_precedent(row) for row in rows)


def of_case(tx: Transaction, case_id: int) -> tuple[Precedent, ...]:
    mine = (precedents.c.case_id == case_id) & precedents.c.state.in_(KEPT)
    rows = tx.connection.execute(select(precedents).where(mine).order_by(precedents.c.id))
    return tuple(_precedent(row) for row in rows)


def published_from(tx: Transaction) -> tuple[tuple[Precedent, int], ...]:
    """Each that is not retired, with the number of its case."""
    alive = precedents.c.state.in_(KEPT) & precedents.c.case_id.is_not(None)
    rows = tx.connection.execute(select(precedents).where(alive).order_by(precedents.c.id))
    return tuple((_precedent(row), row.case_id) for row in rows)


def count_change(tx: Transaction) -> None:
    """Tell every replica that the published answers are no longer those that it has read."""
    tx.connection.execute(update(counters).where(_CHANGES).values(number=counters.c.number + 1))


def lock(tx: Transaction) -> None:
    """Nobody else publishes, edits or retires an answer before this transaction ends."""
    tx.connection.execute(select(counters.c.number).where(_CHANGES).with_for_update())


def version(tx: Transaction) -> int:
    return int(tx.connection.execute(select(counters.c.number).where(_CHANGES)).scalar_one())


def _columns(reviewed: Reviewed) -> dict[str, object]:
    return {
        "question": reviewed.question,
        "text": reviewed.text,
        "cited": [list(astuple(clause)) for clause in reviewed.cited],
        "owner": reviewed.owner,
        "review_by": reviewed.review_by,
    }


def _precedent(row: AnyRow) -> Precedent:
    return Precedent(
        id=row.id,
        state=PrecedentState(row.state),
        question=row.question,
        text=row.text,
        cited=tuple(CitedClause(*fields) for fields in row.cited),
        owner=row.owner,
        published_at=row.published_at,
        edited_at=row.edited_at,
        review_by=row.review_by,
        repeats_erased=row.repeats_erased,
    )
