"""What was delivered to a person whose surface keeps no messages by itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """`id` is its place among all; `number` grows with each letter that comes to the person or
    changes, so that whoever has seen one number asks for what came after. `first_key` stays,
    `key` is that of the last change. `body` is for the surface alone."""

    id: int
    first_key: str
    key: str
    body: str
    at: datetime
    number: int
