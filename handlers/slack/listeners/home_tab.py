"""The App Home of each person: shown when they open it, and what they choose there."""

import asyncio
from dataclasses import dataclass, replace

from desk.model.case import Naming, PersonalData
from desk.model.errors import Refused
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.slack.blocks import home_view
from handlers.slack.blocks.home_view import UNSAID, OfComms, Visitor
from handlers.slack.errors import Json
from handlers.slack.listeners.comms_actions import NOT_COMMS
from handlers.slack.questions import Asking
from handlers.slack.users import SlackUser
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class HomeTab:
    asking: Asking

    async def opened(self, body: Json) -> None:
        await self._show(body["event"]["user"])

    async def refresh(self, body: Json) -> None:
        await self._show(body["user"]["id"])

    async def choose(self, body: Json, action: Json) -> None:
        known = await self._who(body)
        value = action["selected_option"]["value"]
        chosen = _changed(known.chosen, action["action_id"], value)
        choose = self.asking.service.desk.preferences.choose
        await asyncio.to_thread(choose, known.person, chosen)
        await self.refresh(body)

    async def switch(self, body: Json, action: Json) -> None:
        if not await self.asking.people.of_comms(body["user"]["id"]):
            raise Refused(NOT_COMMS)
        known = await self._who(body)
        state, _, name = action["value"].partition(" ")
        switches = self.asking.service.desk.switches
        turn = switches.turn_on if state == "on" else switches.turn_off
        await asyncio.to_thread(turn, Switch(name), known.person)
        await self.refresh(body)

    async def _show(self, user: str) -> None:
        known = await self.asking.people.known(user)
        of_comms = await self.asking.people.of_comms(user)
        visitor = await asyncio.to_thread(self._visitor, known, of_comms)
        service = self.asking.service
        view = home_view.home(visitor, service.desk.hours, service.clock.now())
        await self.asking.client.views_publish(user_id=user, view=view)

    def _visitor(self, known: SlackUser, of_comms: bool) -> Visitor:
        desk = self.asking.service.desk
        seen = OfComms(desk.casework.listed(), desk.switches.on()) if of_comms else None
        cases = desk.intake.cases_of(known.person)
        return Visitor(known.role, known.chosen, cases, seen)

    async def _who(self, body: Json) -> SlackUser:
        return await self.asking.people.known(body["user"]["id"])


def _changed(chosen: Preferences, what: str, value: str) -> Preferences:
    match what:
        case "choose_role":
            return replace(chosen, role=None if value == UNSAID else Role(value))
        case "choose_naming":
            return replace(chosen, naming=Naming(value))
        case _:
            return replace(chosen, personal_data=PersonalData(value))
