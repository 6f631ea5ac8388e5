"""Which policies answer: the files of the folder, and what comms put in force over them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desk.model.policy_version import PolicyDetails, PolicyInForce, PolicyVersion
from knowledge.documents.files import read_folder
from knowledge.documents.reading import read
from knowledge.errors import UnreadablePolicy
from knowledge.policy import Policy, Role


@dataclass(frozen=True, slots=True)
class PoliciesInForce:
    """`unread` has one clear sentence for each file that could not be read."""

    policies: tuple[Policy, ...]
    unread: tuple[str, ...]


def policies_in_force(
    folder: Path, uploaded: Sequence[PolicyInForce], today: date
) -> PoliciesInForce:
    """An uploaded policy takes the place of the file with its name.

    Raises UnreadablePolicy when nothing at all can be read.
    """
    replaced = {each.version.policy for each in uploaded}
    unread: list[str] = []
    policies = [each for each in _of_folder(folder, unread, uploaded) if each.name not in replaced]
    for each in uploaded:
        try:
            policies.append(policy_of(each.version, each.content, today))
        except UnreadablePolicy as problem:
            unread.append(str(problem))
    if not policies:
        raise UnreadablePolicy(unread[0])
    return PoliciesInForce(tuple(policies), tuple(unread))


def policy_of(version: PolicyVersion, content: bytes, today: date) -> Policy:
    """The uploaded document with what comms say of it. Raises UnreadablePolicy."""
    policy = read(content, version.file_name, version.policy).policy
    details = version.details
    return replace(
        policy,
        title=details.title or policy.title,
        edition=_edition(version, today),
        clauses=tuple(
            replace(clause, audience=_audience(details) or clause.audience)
            for clause in policy.clauses
        ),
    )


def _of_folder(
    folder: Path, unread: list[str], uploaded: Sequence[PolicyInForce]
) -> Iterable[Policy]:
    try:
        found = read_folder(folder)
    except UnreadablePolicy as problem:
        if not uploaded:
            raise
        unread.append(str(problem))
        return ()
    unread += [each.problem for each in found.unread]
    return found.policies


def _audience(details: PolicyDetails) -> tuple[Role, ...]:
    return tuple(Role(name) for name in details.audience)


def _edition(version: PolicyVersion, today: date) -> str:
    """As a citation shows it: "version 2, in force since 3 December 2026"."""
    since = version.in_force_from
    parts = [f"version {version.number}"]
    if since is not None:
        parts.append(f"in force since {since:%-d %B %Y}")
    if is_overdue(version, today):
        parts.append(f"its review was due on {version.details.review_by:%-d %B %Y}")
    return ", ".join(parts)


def is_overdue(version: PolicyVersion, today: date) -> bool:
    due = version.details.review_by
    return due is not None and due < today
