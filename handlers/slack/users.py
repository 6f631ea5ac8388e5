"""Who somebody in Slack is: their name, role and choices, and whether they belong here."""

import asyncio
from dataclasses import dataclass
from typing import Any

from async_lru import alru_cache
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from desk.model.people import Person
from desk.model.preferences import Preferences
from desk.services.desk import Desk
from handlers.slack.address import SURFACE
from handlers.slack.api_errors import is_temporary
from handlers.slack.message_text import SlackNames, channels_in, people_in
from knowledge.policy import Role

# What Slack says about people holds this long: asking at each message would meet its rate
# limits, and who has left comms or the organisation must lose their rights within minutes.
REMEMBERED_S = 300
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class SlackUser:
    """`role` is their own choice, or that of their groups. `guest`: not of this organisation."""

    person: Person
    role: Role
    guest: bool
    preferences: Preferences


@dataclass(frozen=True, slots=True)
class Groups:
    """User groups of Slack by id; somebody in none of them is staff."""

    managers: tuple[str, ...] = ()
    councillors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkspaceConfig:
    """`team_id` and `url` ("https://council.slack.com/") are those of the bot's workspace."""

    team_id: str
    url: str
    groups: Groups
    comms_channel: str


class Users:
    def __init__(
        self,
        client: AsyncWebClient,
        desk: Desk,
        workspace: WorkspaceConfig,
        remember_s: float = REMEMBERED_S,
    ) -> None:
        self._client = client
        self._desk = desk
        self._workspace = workspace
        remember = alru_cache(maxsize=MOST_REMEMBERED, ttl=remember_s)
        self._profile = remember(self._read_profile)
        self._group = remember(self._read_group)
        self._members = remember(self._read_members)
        self._channel_name = remember(self._read_channel_name)

    async def user(self, user_id: str) -> SlackUser:
        profile = await self._profile(user_id)
        team = profile.get("team_id") or self._workspace.team_id
        person = Person(f"{SURFACE}:{team}/{user_id}", _name(profile))
        preferences = await asyncio.to_thread(self._desk.preferences.read, person)
        role = preferences.role or await self._role_by_group(user_id)
        return SlackUser(person, role, _is_guest(profile, self._workspace.team_id), preferences)

    async def is_comms(self, user_id: str) -> bool:
        """Whether this person is in the channel of comms. Somebody who is not in the list that
        is remembered may have joined since, so then it is read again."""
        channel = self._workspace.comms_channel
        if not channel:
            return False
        if user_id in await self._members(channel):
            return True
        self._members.cache_invalidate(channel)
        return user_id in await self._members(channel)

    async def names_in(self, text: str) -> SlackNames:
        """The names of the people and channels that are mentioned in `text`."""
        people = {each: await self._person_name(each) for each in people_in(text)}
        channels = {each: await self._channel_name(each) for each in channels_in(text)}
        return SlackNames(people, channels, self._workspace.url)

    async def _role_by_group(self, user_id: str) -> Role:
        groups = (
            (Role.COUNCILLOR, self._workspace.groups.councillors),
            (Role.MANAGER, self._workspace.groups.managers),
        )
        for role, ids in groups:
            for group in ids:
                if user_id in await self._group(group):
                    return role
        return Role.STAFF

    async def _person_name(self, user_id: str) -> str:
        try:
            return _name(await self._profile(user_id))
        except SlackApiError as error:
            _raise_if_temporary(error)
            return ""

    async def _read_profile(self, user_id: str) -> dict[str, Any]:
        answer = await self._client.users_info(user=user_id)
        profile: dict[str, Any] = answer["user"]
        return profile

    async def _read_group(self, group: str) -> frozenset[str]:
        answer = await self._client.usergroups_users_list(usergroup=group)
        return frozenset(answer["users"])

    async def _read_members(self, channel: str) -> frozenset[str]:
        """Nobody, where the bot was not invited into the channel."""
        try:
            pages = await self._client.conversations_members(channel=channel, limit=1000)
            return frozenset([each async for page in pages for each in page["members"]])
        except SlackApiError as error:
            _raise_if_temporary(error)
            return frozenset()

    async def _read_channel_name(self, channel: str) -> str:
        """Empty for a channel that the bot does not see."""
        try:
            answer = await self._client.conversations_info(channel=channel)
            return str(answer["channel"].get("name") or "")
        except SlackApiError as error:
            _raise_if_temporary(error)
            return ""


def _raise_if_temporary(error: SlackApiError) -> None:
    """Slack in trouble says nothing about a person, so nothing is to be remembered."""
    if is_temporary(error):
        raise error


def _name(profile: dict[str, Any]) -> str:
    given = profile.get("profile", {})
    names = (given.get("real_name"), profile.get("real_name"), profile.get("name"))
    return next((str(name) for name in names if name), "")


def _is_guest(profile: dict[str, Any], team_id: str) -> bool:
    guest = ("is_restricted", "is_ultra_restricted", "is_stranger")
    # In an organisation of several workspaces a colleague's team is another, yet no stranger.
    another = profile.get("team_id", team_id) != team_id and not profile.get("enterprise_user")
    return another or any(profile.get(each) for each in guest)
