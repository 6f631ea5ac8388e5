"""Where somebody is on Teams. The desk stores it as a contact, which only this room reads."""

import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from desk.model.people import Contact

SURFACE = "teams"
POST = ";messageid="
OF_CHANNELS = ("@thread.tacv2", "@thread.skype")


class Place(StrEnum):
    """Kinds of conversations, as Teams names them in `conversationType`."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"

    @classmethod
    def named(cls, conversation_type: str) -> "Place":
        """A kind of conversation that Teams adds later has several members, as a meeting has."""
        if not conversation_type:
            return cls.PERSONAL
        return cls(conversation_type) if conversation_type in set(cls) else cls.GROUP


@dataclass(frozen=True, slots=True)
class Address:
    """`conversation` is a chat, a channel, or one thread of a channel; `bot` the bot's id there.
    `asker`, among several people, is the id of the one who wrote or pressed: they are told in
    their own chat with the bot if the conversation is closed to it. Empty elsewhere.

    The service URL is kept elsewhere (ServiceUrls): when Microsoft changes it, a conversation
    must keep its address.
    """

    conversation: str
    place: Place
    tenant: str
    bot: str
    asker: str = ""

    @property
    def channel(self) -> str:
        """The conversation without its thread."""
        return self.conversation.partition(POST)[0]

    @property
    def post(self) -> str:
        """The id of the message that began the thread; empty outside threads."""
        return self.conversation.partition(POST)[2]


def contact_of(address: Address) -> Contact:
    """Equal addresses give equal contacts: the desk compares them."""
    fields = asdict(address)
    if not address.asker:
        del fields["asker"]
    return Contact(SURFACE, json.dumps(fields, sort_keys=True))


def read_address(contact: Contact) -> Address:
    fields = json.loads(contact.address)
    return Address(**fields | {"place": Place(fields["place"])})


def comms_contact(conversation: str, tenant: str, app_id: str) -> Contact:
    """`conversation` is the one that the settings name. Teams calls a bot "28:" and its app id."""
    place = Place.CHANNEL if conversation.endswith(OF_CHANNELS) else Place.GROUP
    return contact_of(Address(conversation, place, tenant, f"28:{app_id}" if app_id else ""))


def message_id(conversation: str, activity_id: str) -> str:
    """Unique in the tenant. Teams numbers activities within a conversation, and the ids of
    conversations are too long to store with each, so a hash of it stands before the number."""
    return f"{hashlib.sha256(conversation.encode()).hexdigest()[:16]}:{activity_id}"


def is_in(message: str, address: Address) -> bool:
    """Whether the message with this id is in this conversation."""
    return message.startswith(message_id(address.conversation, ""))


def activity_id(message: str) -> str:
    return message.partition(":")[2]
