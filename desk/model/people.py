"""The people who take part, and how the desk refers to them without their name."""

from dataclasses import dataclass
from enum import StrEnum


class ActorRole(StrEnum):
    """In which role a person acts.

    A person has another pseudonym in each, so that a colleague of the communications team
    who asks unnamed is not recognised by their work at the desk.
    """

    ASKER = "asker"
    COMMS = "comms"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Person:
    """`key` is the platform's own lasting id with its surface ("slack:T1/U42")."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to reach somebody. `address` is JSON that only the handler of `surface` reads, at
    most 2,000 characters."""

    surface: str
    address: str


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as a case shows them; `name` is empty when they asked unnamed or were erased.

    `id` is a pseudonym, another in each case in which somebody asks unnamed. It never leaves the
    system, except in the export about that person."""

    id: str
    name: str


# In the audit trail: somebody who is not known to the desk.
NOBODY = "nobody"
THE_BOT = PersonRef("bot", "the bot")
