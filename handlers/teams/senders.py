"""Who writes to the bot or presses a button, and where."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.model.people import Contact, Person
from desk.model.preferences import Preferences
from desk.model.question import InboundEvent
from desk.services.desk import Desk
from handlers.teams.activity import Activity
from handlers.teams.address import SURFACE, Address, contact_of, message_id
from knowledge.policy import Role

LONGEST_NAME = 200  # characters that the database keeps
MOST_EARLIER = 5  # messages of the conversation that help to understand a question
CHAT = timedelta(minutes=30)  # after a longer pause a chat is another conversation
THREAD = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Sender:
    """`event` is unique on the surface. `message` is the desk's id of the message that was
    written, changed or deleted."""

    person: Person
    address: Address
    event: str
    message: str
    directory_id: str

    @property
    def contact(self) -> Contact:
        return contact_of(self.address)

    @property
    def inbound(self) -> InboundEvent:
        return InboundEvent(self.event, SURFACE, self.person, self.message)


def sender(activity: Activity) -> Sender:
    account, address = activity.sender, activity.address
    key = f"{SURFACE}:{address.tenant}/{account.directory_id or account.id}"
    message = message_id(address.conversation, activity.id)
    person = Person(key, account.name[:LONGEST_NAME])
    return Sender(person, address, _event(activity, message), message, account.directory_id)


def earlier(desk: Desk, who: Sender, now: datetime) -> tuple[str, ...]:
    """What they asked before in this conversation, oldest first; a thread is one conversation."""
    since = now - (THREAD if who.address.post else CHAT)
    return desk.intake.earlier(who.person, who.contact, since)[-MOST_EARLIER:]


def role_of(preferences: Preferences) -> Role:
    return preferences.role or Role.STAFF


def _event(activity: Activity, message: str) -> str:
    """A message that is edited or deleted keeps its id: with the time it becomes an event."""
    if activity.type == "message":
        return message
    return f"{message}:{activity.type}:{activity.timestamp}"[:200]
