"""A question as the bot reads it, without the platform that it came from."""

from dataclasses import dataclass

from knowledge.errors import BadInput
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class Question:
    """`history` holds the asker's earlier messages of the conversation, oldest first. `policy` is
    the name of the only policy in which to look the question up; empty for all of them."""

    text: str
    role: Role = Role.STAFF
    history: tuple[str, ...] = ()
    policy: str = ""


def role_named(name: str) -> Role:
    """Raises BadInput."""
    if name not in set(Role):
        raise BadInput(f"There is no role {name!r}: choose {', '.join(Role)}.")
    return Role(name)
