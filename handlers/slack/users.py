"""Who somebody in Slack is: their name, role and choices, and whether they belong here."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.services.desk import Desk
from handlers.slack.address import SURFACE
from knowledge.policy import Role

T = TypeVar("T")
REMEMBERED_S = 300
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class SlackUser:
    """`role` is their own choice, or that of their groups. `guest`: not of this organisation."""

    person: Person
    role: Role
    guest: bool
    chosen: Preferences


@dataclass(frozen=True, slots=True)
class Groups:
    """User groups of Slack by id; whoever is in none is staff."""

    managers: tuple[str, ...] = ()
    councillors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceConfig:
    """What tells who belongs here: our workspace, its groups, and the channel of comms."""

    team: str
    groups: Groups
    comms_channel: str


class TTLCache:
    """What Slack said a while ago: asking for every message would meet its rate limits."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, ...], tuple[float, Any]] = {}

    async def get(self, key: tuple[str, ...], ask: Callable[[], Awaitable[T]]) -> T:
        now = asyncio.get_running_loop().time()
        if key in self._said and self._said[key][0] > now:
            found: T = self._said[key][1]
            return found
        if len(self._said) >= MOST_REMEMBERED:
            self._said.clear()
        answer = await ask()
        self._said[key] = (now + REMEMBERED_S, answer)
        return answer


class People:
    def __init__(self, client: AsyncWebClient, desk: Desk, ours: WorkspaceConfig) -> None:
        self._client = client
        self._desk = desk
        self._ours = ours
        self._remembered = TTLCache()
        self._of_comms: Collection[str] = ()

    async def known(self, user: str) -> SlackUser:
        profile = await self._remembered.get(("user", user), lambda: self._profile(user))
        team = profile.get("team_id") or self._ours.team
        person = Person(f"{SURFACE}:{team}/{user}", _name(profile))
        chosen = await asyncio.to_thread(self._desk.preferences.read, person)
        role = chosen.role or await self._role_by_group(user)
        return SlackUser(person, role, _is_guest(profile, self._ours.team), chosen)

    async def of_comms(self, user: str) -> bool:
        """Who is not remembered may have joined since: that is looked up."""
        channel = self._ours.comms_channel
        if channel and user not in self._of_comms:
            self._of_comms = await self._members(channel)
        return user in self._of_comms

    async def _role_by_group(self, user: str) -> Role:
        groups = (
            (Role.COUNCILLOR, self._ours.groups.councillors),
            (Role.MANAGER, self._ours.groups.managers),
        )
        for role, ids in groups:
            for group in ids:
                if user in await self._of_group(group):
                    return role
        return Role.STAFF

    async def _of_group(self, group: str) -> Collection[str]:
        return await self._remembered.get(("group", group), lambda: self._users(group))

    async def _profile(self, user: str) -> dict[str, Any]:
        answer = await self._client.users_info(user=user)
        profile: dict[str, Any] = answer["user"]
        return profile

    async def _users(self, group: str) -> Collection[str]:
        answer = await self._client.usergroups_users_list(usergroup=group)
        return frozenset(answer["users"])

    async def _members(self, channel: str) -> Collection[str]:
        """Nobody, where the bot was not invited into the channel."""
        try:
            pages = await self._client.conversations_members(channel=channel, limit=1000)
            return frozenset([each async for page in pages for each in page["members"]])
        except SlackApiError:
            return frozenset()


def _name(profile: dict[str, Any]) -> str:
    given = profile.get("profile", {})
    names = (given.get("real_name"), profile.get("real_name"), profile.get("name"))
    return next((str(name) for name in names if name), "")


def _is_guest(profile: dict[str, Any], team: str) -> bool:
    facts = ("is_restricted", "is_ultra_restricted", "is_stranger")
    # In an organisation of several workspaces a colleague's team is another, yet no stranger.
    another = profile.get("team_id", team) != team and not profile.get("enterprise_user")
    return another or any(profile.get(fact) for fact in facts)
