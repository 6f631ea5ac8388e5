"""Who writes or presses, and where, as an activity says it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from botbuilder.schema import Activity

from desk.model.people import Contact, Person
from desk.model.preferences import Preferences
from desk.model.question import InboundEvent
from desk.services.desk import Desk
from handlers.teams.address import SURFACE, Address, Place, contact_of, message_id
from knowledge.policy import Role

REMEMBERED = 5  # earlier messages of the conversation
CHAT = timedelta(minutes=30)
THREAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sender:
    """`event` is the activity's id, unique on the surface; `at` where a reply goes."""

    person: Person
    address: Address
    event: str
    directory_id: str

    @property
    def at(self) -> Contact:
        return contact_of(self.address)

    @property
    def deed(self) -> InboundEvent:
        return InboundEvent(self.event, SURFACE, self.person)


def sender(activity: Activity) -> Sender:
    directory_id = activity.from_property.aad_object_id or ""
    address = address_of(activity)
    who = directory_id or activity.from_property.id
    key = f"{SURFACE}:{address.tenant}/{who}"
    person = Person(key, activity.from_property.name or "")
    return Sender(person, address, _event(activity, address), directory_id)


def address_of(activity: Activity) -> Address:
    conversation = activity.conversation
    return Address(
        conversation=conversation.id,
        place=Place(conversation.conversation_type or Place.PERSONAL),
        tenant=tenant_of(activity),
        bot=activity.recipient.id if activity.recipient else "",
    )


def tenant_of(activity: Activity) -> str:
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    named = (data.get("tenant") or {}).get("id")
    return str(activity.conversation.tenant_id or named or "")


def earlier(desk: Desk, who: Sender, now: datetime) -> tuple[str, ...]:
    """What they asked in this place of late; a thread of a channel is one conversation."""
    since = now - (THREAD if who.address.post else CHAT)
    return desk.intake.earlier(who.person, who.at, since)[-REMEMBERED:]


def role_of(preferences: Preferences) -> Role:
    return preferences.role or Role.STAFF


def _event(activity: Activity, address: Address) -> str:
    """An edited message comes with the id that it had: its kind and time make it an event."""
    whole = message_id(address.conversation, activity.id or "")
    if activity.type == "message":
        return whole
    at = activity.timestamp.isoformat() if activity.timestamp else ""
    return f"{whole}:{activity.type}:{at}"[:200]
