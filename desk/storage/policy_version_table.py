"""Uploaded policies in the database."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update

from desk.model.errors import NoSuchPolicyVersion
from desk.model.people import PersonRef
from desk.model.policy_version import (
    Activation,
    PolicyDetails,
    PolicyInForce,
    PolicyVersion,
)
from desk.storage import person_table
from desk.storage.database import Transaction
from desk.storage.policy_tables import policy_activations, policy_versions
from desk.storage.rows import AnyRow, row_number


def add(tx: Transaction, policy: str, file_name: str, content: bytes, who: PersonRef) -> int:
    latest = select(func.max(policy_versions.c.number)).where(policy_versions.c.policy == policy)
    number = (tx.connection.execute(latest).scalar() or 0) + 1
    row = insert(policy_versions).values(
        policy=policy,
        number=number,
        file_name=file_name,
        content=content,
        uploaded_at=tx.now,
        person=who.id,
        **_columns(PolicyDetails()),
    )
    return int(tx.connection.execute(row.returning(policy_versions.c.id)).scalar_one())


def describe(tx: Transaction, version_id: int, details: PolicyDetails) -> None:
    mine = update(policy_versions).where(policy_versions.c.id == version_id)
    tx.connection.execute(mine.values(_columns(details)))


def remove(tx: Transaction, version_id: int) -> None:
    tx.connection.execute(delete(policy_versions).where(policy_versions.c.id == version_id))


def load(tx: Transaction, version_id: int) -> PolicyVersion:
    """Raises NoSuchPolicyVersion."""
    found = _versions(tx, policy_versions.c.id == row_number(version_id))
    if not found:
        raise NoSuchPolicyVersion("There is no such version of a policy: it may have been deleted.")
    return found[0]


def listed(tx: Transaction) -> tuple[PolicyVersion, ...]:
    """By policy, the newest version first."""
    return _versions(tx)


def content(tx: Transaction, version_id: int) -> bytes:
    found = select(policy_versions.c.content).where(policy_versions.c.id == version_id)
    return bytes(tx.connection.execute(found).scalar_one())


def activate(
    tx: Transaction, policy: str, version_id: int, since: datetime, who: PersonRef
) -> None:
    """Plans for a later time that were made before give way: the last word counts."""
    later = (policy_activations.c.policy == policy) & (policy_activations.c.since > tx.now)
    tx.connection.execute(delete(policy_activations).where(later))
    row = {"policy": policy, "version_id": version_id, "since": since, "person": who.id}
    tx.connection.execute(insert(policy_activations).values(row))


def cancel_plans(tx: Transaction, policy: str) -> None:
    later = (policy_activations.c.policy == policy) & (policy_activations.c.since > tx.now)
    tx.connection.execute(delete(policy_activations).where(later))


def activations(tx: Transaction, policy: str) -> tuple[Activation, ...]:
    """The latest first, plans for a later time included."""
    table = policy_activations
    rows = tx.connection.execute(
        select(table)
        .where(table.c.policy == policy)
        .order_by(table.c.since.desc(), table.c.id.desc())
    ).all()
    names = person_table.colleagues(tx, {row.person for row in rows})
    return tuple(
        Activation(row.policy, row.version_id, row.since, _who(row.person, names)) for row in rows
    )


def ids_in_force(tx: Transaction) -> dict[str, int]:
    """By policy, the id of the version in force now; 0 where the folder's file is."""
    table = policy_activations
    rows = tx.connection.execute(
        select(table.c.policy, table.c.version_id)
        .where(table.c.since <= tx.now)
        .order_by(table.c.since, table.c.id)
    )
    return {row.policy: row.version_id for row in rows}


def in_force(tx: Transaction) -> tuple[PolicyInForce, ...]:
    wanted = [number for number in ids_in_force(tx).values() if number]
    found = _versions(tx, policy_versions.c.id.in_(wanted)) if wanted else ()
    return tuple(PolicyInForce(version, content(tx, version.id)) for version in found)


def _versions(tx: Transaction, *where: ColumnElement[bool]) -> tuple[PolicyVersion, ...]:
    rows = tx.connection.execute(_without_content().where(*where)).all()
    names = person_table.colleagues(tx, {row.person for row in rows})
    latest = {
        row.version_id: row.since
        for row in tx.connection.execute(
            select(policy_activations).order_by(policy_activations.c.id)
        )
    }
    return tuple(_version(row, names, latest.get(row.id)) for row in rows)


def _without_content() -> Select[*tuple[object, ...]]:
    columns = [column for column in policy_versions.c if column.name != "content"]
    return select(*columns).order_by(policy_versions.c.policy, policy_versions.c.number.desc())


def _version(
    row: AnyRow, names: Mapping[str, str], in_force_from: datetime | None
) -> PolicyVersion:
    return PolicyVersion(
        id=row.id,
        policy=row.policy,
        number=row.number,
        file_name=row.file_name,
        details=PolicyDetails(row.title, row.owner, row.review_by, tuple(row.audience)),
        uploaded_at=row.uploaded_at,
        uploaded_by=_who(row.person, names),
        in_force_from=in_force_from,
    )


def _who(person: str, names: Mapping[str, str]) -> PersonRef:
    return PersonRef(person, names.get(person, ""))


def _columns(details: PolicyDetails) -> dict[str, object]:
    return {
        "title": details.title,
        "owner": details.owner,
        "review_by": details.review_by,
        "audience": list(details.audience),
    }
