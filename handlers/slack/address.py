"""Where somebody is reached in Slack, and how Slack's messages are named at the desk."""

import json
from dataclasses import asdict, dataclass

from desk.model.people import Contact

SURFACE = "slack"


@dataclass(frozen=True, slots=True)
class Address:
    """`thread` is the ts (Slack's id) of a thread's first message. With `user` the message is
    ephemeral: only that person sees it. `asker` is who is told in a direct message if the channel
    is closed to the bot. Fields without a value are empty."""

    channel: str
    thread: str = ""
    user: str = ""
    asker: str = ""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """One message: its channel, and the ts that names it there."""

    channel: str
    ts: str


def contact(address: Address) -> Contact:
    """Equal addresses give equal contacts: the desk compares them."""
    given = {name: value for name, value in asdict(address).items() if value}
    return Contact(SURFACE, json.dumps(given, sort_keys=True))


def address(of: Contact) -> Address:
    return Address(**json.loads(of.address))


def message_id(channel: str, ts: str) -> str:
    """A ts alone is unique in its channel only."""
    return f"{channel}/{ts}"


def message_ref(of: str) -> MessageRef:
    """The channel and timestamp that a message_id is made of."""
    channel, _, ts = of.partition("/")
    return MessageRef(channel, ts)
