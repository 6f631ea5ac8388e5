"""A message to a person whose surface keeps no messages by itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InboxMessage:
    """`id` is its place among all messages. `number` grows with each message that is delivered
    to the person or changed, so that a page that shows one number asks for later ones.
    `first_key` stays, `key` is that of the last change. Only the surface reads `body`."""

    id: int
    first_key: str
    key: str
    body: str
    at: datetime
    number: int
