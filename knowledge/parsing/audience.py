"""Which roles a part of a policy addresses, judged by its headings."""

import re
from collections.abc import Sequence

from knowledge.policy import Role

EVERYONE = tuple(Role)
_NOT_ADDRESSED = re.compile(
    r"\b(?:with|about|against|from|by|between|towards)(?: \w+){0,2} "
    r"(?:employees|staff|managers|councillors|members|workers|officers)\b",
    re.IGNORECASE,
)
_MEMBERS_OF_STAFF = re.compile(
    r"\b(?:staff|team) members?\b|\bmembers? of (?:\w+ )?(?:staff|team|workforce)\b", re.IGNORECASE
)
_OTHER_MEMBERS = re.compile(
    r"\bmembers? of (?:the )?(?:public|community|committee|panel|famil\w+)\b|\bfamily members?\b",
    re.IGNORECASE,
)
_MANAGER = re.compile(
    r"\b(?:managers?|supervisors?|heads? of (?:service|department)|(?:chief|senior) officers?)\b",
    re.IGNORECASE,
)
_COUNCILLOR = re.compile(r"\b(?:councillors?|cllrs?|(?:elected )?members?)\b", re.IGNORECASE)
_STAFF = re.compile(
    r"\b(?:employees?|staff|workers?|officers?|workforce|colleagues|volunteers?)\b", re.IGNORECASE
)


def audience(path: Sequence[str]) -> tuple[Role, ...]:
    """The roles in the innermost heading that names a role; managers are staff too."""
    for heading in reversed(path):
        if roles := _named(heading):
            return tuple(role for role in Role if role in roles)
    return EVERYONE


def _named(heading: str) -> set[Role]:
    text = _MEMBERS_OF_STAFF.sub("staff", _OTHER_MEMBERS.sub(" ", heading))
    text = _NOT_ADDRESSED.sub(" ", text)
    roles: set[Role] = set()
    if _MANAGER.search(text):
        roles.add(Role.MANAGER)
    if _COUNCILLOR.search(text):
        roles.add(Role.COUNCILLOR)
    if _STAFF.search(_MANAGER.sub(" ", text)):
        roles |= {Role.STAFF, Role.MANAGER}
    return roles
