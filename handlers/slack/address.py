"""Where somebody is reached in Slack, and how Slack's messages are named at the desk."""

import json
from dataclasses import asdict, dataclass

from desk.model.people import Contact

SURFACE = "slack"


@dataclass(frozen=True, slots=True)
class Address:
    """`thread` is the time stamp of a thread's first message. With `user` only that person
    reads what is said there."""

    channel: str
    thread: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One message: its channel and the time stamp that names it there."""

    channel: str
    ts: str


def contact(address: Address) -> Contact:
    """Equal addresses give equal contacts: the desk compares them."""
    given = {name: value for name, value in asdict(address).items() if value}
    return Contact(SURFACE, json.dumps(given, sort_keys=True))


def address(of: Contact) -> Address:
    return Address(**json.loads(of.address))


def message_id(channel: str, ts: str) -> str:
    """Slack's own is unique in its channel only."""
    return f"{channel}/{ts}"


def place(of: str) -> Place:
    channel, _, ts = of.partition("/")
    return Place(channel, ts)
