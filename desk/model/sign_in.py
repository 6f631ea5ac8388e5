"""What a person who is signed in to the desk may do there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.model.people import Person


class AccessLevel(StrEnum):
    """Each level includes the ones before it."""

    READER = "reader"
    COMMS = "comms"
    OWNER = "owner"

    @property
    def may_answer(self) -> bool:
        """May answer cases and publish."""
        return self is not AccessLevel.READER

    @property
    def may_administer(self) -> bool:
        """May export, erase, and switch the bot off."""
        return self is AccessLevel.OWNER


@dataclass(frozen=True, slots=True)
class SignedIn:
    person: Person
    access: AccessLevel
    until: datetime
