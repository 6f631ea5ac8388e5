"""The bot in botbuilder's own TestAdapter, over a real desk, without HTTP."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.schema import Activity

from desk.model import people
from desk.model.messages import BotReply
from desk.services.desk import Desk
from handlers.conversation.reply_message import from_body
from handlers.conversation.services import Services
from handlers.teams.address import comms_contact
from handlers.teams.app import bot_of
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.quotes import Quotes
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.comms_actions import Allowed
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
    surfaces = frozenset({"teams", "slack"})


@dataclass
class Stage:
    service: Services
    allowed: frozenset[str] = frozenset()
    messenger: RecordingMessenger = field(default_factory=Everywhere)

    def __post_init__(self) -> None:
        quotes, hours = Quotes(self.service.policies, ""), self.desk.hours
        allowed = Allowed(self.allowed, everybody=False)
        cards = AskerCards(quotes, hours), CommsCards(quotes, hours)
        self.bot = bot_of(self.service, *cards, allowed)

    @property
    def desk(self) -> Desk:
        return self.service.desk

    def hear(self, activity: Json) -> list[Activity]:
        """What the bot says within the turn; the rest is delivered."""
        said = self.turn(activity)
        while self.desk.delivery.deliver_due(self.messenger):
            pass
        return said

    def turn(self, activity: Json) -> list[Activity]:
        adapter = TestAdapter()
        heard = Activity().deserialize(activity)
        heard.conversation.tenant_id = TENANT

        async def turn() -> None:
            await self.bot.on_turn(TurnContext(adapter, heard))

        asyncio.run(turn())
        said: list[Activity] = adapter.activity_buffer
        return said

    def press(self, who: Person, verb: str, **data: object) -> Any:
        """What the person who presses is shown: a line, or a card."""
        *_, response = self.hear(who.presses(verb, data))
        assert response.value.status == 200
        return response.value.body["value"]

    def texts(self, activity: Json) -> list[str]:
        return [each.text for each in self.hear(activity)]

    def replies(self) -> list[str]:
        bodies = [sent.message for sent in self.messenger.sent]
        return [from_body(each.body).lead for each in bodies if isinstance(each, BotReply)]


def desk_person(key: str = f"teams:{TENANT}/id-Ann") -> people.Person:
    return people.Person(key, "Somebody")
