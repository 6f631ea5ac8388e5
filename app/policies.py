"""Which policies answer: the files of the folder, and what comms put in force over them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
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
    folder: Path, uploaded: Sequence[PolicyInForce], now: datetime
) -> PoliciesInForce:
    """An uploaded policy takes the place of the file with its name. `now` is in the council's zone.

    Raises UnreadablePolicy when nothing at all can be read.
    """
    replaced = {each.version.policy for each in uploaded}
    unread: list[str] = []
    files = _of_folder(folder, unread, uploaded)
    policies = [noting_review(each, now.date()) for each in files if each.name not in replaced]
    for each in uploaded:
        try:
            policies.append(policy_of(each.version, each.content, now))
        except UnreadablePolicy as problem:
            unread.append(str(problem))
    if not policies:
        raise UnreadablePolicy(unread[0])
    return PoliciesInForce(tuple(policies), tuple(unread))


def policy_of(version: PolicyVersion, content: bytes, now: datetime) -> Policy:
    """The uploaded document with what comms say of it. `now` is in the council's zone. Raises
    UnreadablePolicy."""
    policy = read(content, version.file_name, version.policy).policy
    details = version.details
    described = replace(
        policy,
        title=details.title or policy.title,
        review_by=details.review_by or policy.review_by,
        edition=_edition(version, now.tzinfo),
        clauses=tuple(
            replace(clause, audience=_audience(details) or clause.audience)
            for clause in policy.clauses
        ),
    )
    return noting_review(described, now.date())


def noting_review(policy: Policy, today: date) -> Policy:
    """Its edition says so where the review is overdue."""
    due = policy.review_by
    if due is None or due >= today:
        return policy
    overdue = f"its review was due on {due:%-d %B %Y}"
    return replace(policy, edition=", ".join(part for part in (policy.edition, overdue) if part))


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


def _edition(version: PolicyVersion, zone: tzinfo | None) -> str:
    """As a citation shows it: "version 2, in force since 3 December 2026"."""
    since = version.in_force_from
    in_force = f", in force since {since.astimezone(zone):%-d %B %Y}" if since else ""
    return f"version {version.number}{in_force}"
