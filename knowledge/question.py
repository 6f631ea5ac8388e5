from dataclasses import dataclass

from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class Question:
    """`history` holds the asker's earlier messages of the conversation, oldest first."""

    text: str
    role: Role = Role.STAFF
    history: tuple[str, ...] = ()
