"""Where somebody is on Teams: the desk stores it as a contact, and only Teams reads it."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from desk.model.people import Contact

SURFACE = "teams"
POST = ";messageid="
OF_CHANNELS = ("@thread.tacv2", "@thread.skype")


class Place(StrEnum):
    """As Teams names them in `conversationType`."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Address:
    """`conversation` is a chat, a channel, or one thread of a channel; `bot` the bot's id there.

    The service URL stands elsewhere (ServiceUrls): with it, one place would have two addresses
    as soon as Microsoft moves it.
    """

    conversation: str
    place: Place
    tenant: str
    bot: str

    @property
    def channel(self) -> str:
        """The conversation without its thread."""
        return self.conversation.partition(POST)[0]

    @property
    def post(self) -> str:
        """The id of the message that began the thread; empty outside threads."""
        return self.conversation.partition(POST)[2]


def contact_of(address: Address) -> Contact:
    return Contact(SURFACE, json.dumps(asdict(address), sort_keys=True))


def read_address(contact: Contact) -> Address:
    fields = json.loads(contact.address)
    return Address(**fields | {"place": Place(fields["place"])})


def comms_contact(conversation: str, tenant: str, app_id: str) -> Contact:
    """Of the conversation that settings name. Registered bots are called "28:" and their id."""
    place = Place.CHANNEL if conversation.endswith(OF_CHANNELS) else Place.GROUP
    return contact_of(Address(conversation, place, tenant, f"28:{app_id}" if app_id else ""))


def message_id(conversation: str, activity_id: str) -> str:
    """Unique in the tenant; an activity's id is unique in its conversation only, whose own id
    is too long to stand before it."""
    return f"{hashlib.sha256(conversation.encode()).hexdigest()[:16]}:{activity_id}"


def activity_id(message: str) -> str:
    return message.partition(":")[2]
