"""The bot over a real desk, without HTTP: activities go in, and what it says comes out."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from desk.model import people
from desk.model.messages import BotReply, Outgoing
from desk.services.desk import Desk
from handlers.conversation.reply_message import from_body
from handlers.conversation.services import Services
from handlers.teams.activity import Activity, read_activity
from handlers.teams.address import SURFACE, Place, comms_contact, message_id, read_address
from handlers.teams.app import teams_bot
from handlers.teams.bot_token import BotToken
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.quotes import Quotes
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.comms_actions import Allowed
from handlers.teams.connection import Connection, thread_of
from handlers.teams.handled import Handled
from handlers.teams.microsoft import Cloud
from handlers.teams.service_urls import ServiceUrls
from handlers.teams.turns import TurnAdapter, Turns
from tests.desk.fakes import RecordingMessenger
from tests.handlers.teams.fake_teams import Json, Person
from tests.handlers.teams.tenant import CHANNEL, TENANT

SURE = "may I have the logo on my blog"
UNSURE = "training meeting"
THREAD = f"{CHANNEL};messageid=17"
ANN = Person("Ann", "http://localhost/", "a:Ann")
JANE = Person("Jane", "http://localhost/", CHANNEL, "channel")
COMMS = comms_contact(CHANNEL, TENANT, "")


class Everywhere(RecordingMessenger):
    """Numbers messages as Teams does; in a channel each begins a thread of its own."""

    surfaces = frozenset({SURFACE, "slack"})

    def send(self, outgoing: Outgoing) -> str:
        number = super().send(outgoing).removeprefix("m")
        if outgoing.contact.surface != SURFACE:
            return number
        address = read_address(outgoing.contact)
        begins_thread = address.place is Place.CHANNEL and not address.post
        there = thread_of(address, number) if begins_thread else address
        return message_id(there.conversation, number)


@dataclass
class TeamsInProcess:
    """`allowed`: directory ids of the people who may say where cases are shown."""

    services: Services
    allowed: frozenset[str] = frozenset()
    messenger: RecordingMessenger = field(default_factory=Everywhere)

    def __post_init__(self) -> None:
        quotes, hours = Quotes(self.services.policies, ""), self.desk.hours
        cards = AskerCards(quotes, hours), CommsCards(quotes, hours)
        bot = teams_bot(self.services, *cards, Allowed(self.allowed, everybody=False))
        nowhere = Connection(BotToken(None, Cloud()), ServiceUrls(""), self.services.clock)
        self.turns = Turns(bot, TurnAdapter(nowhere))

    @property
    def desk(self) -> Desk:
        return self.services.desk

    def hear(self, activity: Json) -> list[Json]:
        """What the bot says at once; everything else is in `messenger`, delivered."""
        handled = self.handle(activity)
        if handled.continuation:
            handled.continuation()
        while self.desk.delivery.deliver_due(self.messenger):
            pass
        return [handled.reply] if handled.reply else []

    def handle(self, activity: Json) -> Handled:
        return self.take(read_activity(json.dumps(activity).encode()))

    def take(self, activity: Activity) -> Handled:
        return asyncio.run(self.turns.handle(activity))

    def invoke(self, name: str, value: Json) -> Any:
        """The body that answers it, to Ann."""
        return self.handle(ANN.activity("invoke", name=name, value=value)).body

    def press(self, who: Person, verb: str, **data: object) -> Any:
        """What the person who presses is shown: a line, or a card."""
        handled = self.handle(who.presses(verb, data))
        if handled.continuation:
            handled.continuation()
        while self.desk.delivery.deliver_due(self.messenger):
            pass
        assert handled.body is not None
        return handled.body["value"]

    def texts(self, activity: Json) -> list[str]:
        return [each["text"] for each in self.hear(activity)]

    def replies(self) -> list[str]:
        bodies = [sent.message for sent in self.messenger.sent]
        return [from_body(each.body).lead for each in bodies if isinstance(each, BotReply)]


def desk_person(key: str = f"teams:{TENANT}/id-Ann") -> people.Person:
    return people.Person(key, "Somebody")
