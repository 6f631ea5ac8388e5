"""The App Home of each person: shown when they open it, and what they choose there."""

import asyncio
from dataclasses import dataclass, replace

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.slack.blocks.home_view import BY_GROUPS, CommsSection, HomeContent, home
from handlers.slack.context import SlackContext
from handlers.slack.payloads import Json
from handlers.slack.users import SlackUser
from knowledge.policy import Role


@dataclass(frozen=True, slots=True)
class HomeTab:
    context: SlackContext

    async def opened(self, body: Json) -> None:
        await self._show(body["event"]["user"])

    async def refresh(self, body: Json) -> None:
        await self._show(body["user"]["id"])

    async def choose(self, body: Json, action: Json) -> None:
        user = await self.context.user(body)
        value = action["selected_option"]["value"]
        preferences = _changed(user.preferences, action["action_id"], value)
        choose = self.context.service.desk.preferences.choose
        await asyncio.to_thread(choose, user.person, preferences)
        await self.refresh(body)

    async def switch(self, body: Json, action: Json) -> None:
        staff = await self.context.staff(body)
        state, _, name = action["value"].partition(" ")
        switches = staff.desk.switches
        turn = switches.turn_on if state == "on" else switches.turn_off
        await asyncio.to_thread(turn, Switch(name), staff.by)
        await self.refresh(body)

    async def _show(self, user_id: str) -> None:
        user = await self.context.users.user(user_id)
        is_comms = await self.context.users.is_comms(user_id)
        content = await asyncio.to_thread(self._content, user, is_comms=is_comms)
        service = self.context.service
        view = home(content, service.desk.hours, service.clock.now())
        await self.context.client.views_publish(user_id=user_id, view=view)

    def _content(self, user: SlackUser, *, is_comms: bool) -> HomeContent:
        desk = self.context.service.desk
        comms = CommsSection(desk.casework.listed(), desk.switches.on()) if is_comms else None
        cases = desk.intake.cases_of(user.person)
        return HomeContent(user.role, user.preferences, cases, comms)


def _changed(preferences: Preferences, menu: str, value: str) -> Preferences:
    match menu:
        case "choose_role":
            return replace(preferences, role=None if value == BY_GROUPS else Role(value))
        case "choose_naming":
            return replace(preferences, naming=Naming(value))
        case _:
            return replace(preferences, personal_data=PersonalData(value))
