"""Teams' side of a conversation as a server: takes what a bot posts and updates, and keeps it."""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.handlers.teams.tenant import BOT, BOT_NAME, TENANT

Json = dict[str, Any]


@dataclass
class Shown:
    """A message of the bot. `activity` is as it was last updated; `at` (by time.time) is when it
    came."""

    conversation: str
    id: str
    activity: Json
    updates: int = 0
    at: float = field(default_factory=time.time)

    @property
    def card(self) -> Json:
        card: Json = self.activity["attachments"][0]["content"]
        return card


@dataclass
class FakeTeams:
    """`refusals` are statuses with their headers, the first for the next request. The bot may not
    write into conversations in `closed`: teams' channels that it was removed from, and chats.
    """

    shown: list[Shown] = field(default_factory=list)
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1_700_000_000_000))

    def app(self) -> web.Application:
        app = web.Application()
        conversation = "/v3/conversations/{conversation}/activities"
        app.router.add_post("/v3/conversations", self._begin)
        app.router.add_post(conversation, self._post)
        app.router.add_post(f"{conversation}/{{id}}", self._post)
        app.router.add_put(f"{conversation}/{{id}}", self._update)
        return app

    def of(self, conversation: str) -> list[Shown]:
        return [each for each in self.shown if each.conversation == conversation]

    def within(self, channel: str) -> list[Shown]:
        """In the channel and all its threads."""
        return [each for each in self.shown if each.conversation.startswith(channel)]

    async def _begin(self, request: web.Request) -> web.Response:
        self._may_refuse(request)
        body = await request.json()
        if not body["isGroup"]:
            return self._direct_chat(body)
        self._may_be_closed(body["channelData"]["channel"]["id"])
        number = str(next(self.numbers))
        thread = f"{body['channelData']['channel']['id']};messageid={number}"
        self.shown.append(Shown(thread, number, body["activity"]))
        return web.json_response({"id": thread, "activityId": number}, status=201)

    def _direct_chat(self, body: Json) -> web.Response:
        """As Teams does: the same chat each time for a person of its tenant."""
        (member,) = body["members"]
        assert body["tenantId"] == body["channelData"]["tenant"]["id"] == TENANT
        chat = f"a:{member['id'].removeprefix('29:')}"
        self._may_be_closed(chat)
        return web.json_response({"id": chat}, status=201)

    def _may_be_closed(self, conversation: str) -> None:
        if conversation.partition(";")[0] in self.closed:
            raise web.HTTPForbidden

    async def _post(self, request: web.Request) -> web.Response:
        self._may_refuse(request)
        number = str(next(self.numbers))
        conversation = request.match_info["conversation"]
        self._may_be_closed(conversation)
        self.shown.append(Shown(conversation, number, await request.json()))
        return web.json_response({"id": number}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        self._may_refuse(request)
        conversation, number = request.match_info["conversation"], request.match_info["id"]
        self._may_be_closed(conversation)
        found = [each for each in self.of(conversation) if each.id == number]
        if not found or number in self.gone:
            raise web.HTTPNotFound
        found[0].activity = await request.json()
        found[0].updates += 1
        return web.json_response({"id": number})

    def _may_refuse(self, request: web.Request) -> None:
        self.tokens.append(request.headers.get("Authorization", ""))
        if self.refusals:
            status, headers = self.refusals.pop(0)
            raise _REFUSALS[status](headers=headers)


_REFUSALS: dict[int, type[web.HTTPError]] = {
    403: web.HTTPForbidden,
    404: web.HTTPNotFound,
    412: web.HTTPPreconditionFailed,
    429: web.HTTPTooManyRequests,
    500: web.HTTPInternalServerError,
    401: web.HTTPUnauthorized,
    502: web.HTTPBadGateway,
    504: web.HTTPGatewayTimeout,
}


@dataclass
class Person:
    """Somebody in front of Teams, who writes and presses as activities to the bot."""

    name: str
    service_url: str
    conversation: str
    kind: str = "personal"
    tenant: str = TENANT

    def says(self, text: str, **other: object) -> Json:
        return self.activity("message", text=text, textFormat="plain", **other)

    def mentions(self, text: str) -> Json:
        """As `says`, to the bot by name."""
        return self.says(f"<at>{BOT_NAME}</at>&nbsp;{text}", entities=[mention(BOT_NAME, BOT)])

    def edits(self, message: Json, text: str) -> Json:
        data = {"eventType": "editMessage", "tenant": {"id": self.tenant}}
        return self.activity("messageUpdate", id=message["id"], text=text, channelData=data)

    def deletes(self, message: Json) -> Json:
        data = {"eventType": "softDeleteMessage", "tenant": {"id": self.tenant}}
        return self.activity("messageDelete", id=message["id"], channelData=data)

    def presses(self, verb: str, data: Json, under: str = "") -> Json:
        action = {"type": "Action.Execute", "verb": verb, "data": data, "title": verb}
        value = {"action": action, "trigger": "manual"}
        return self.activity("invoke", name="adaptiveCard/action", value=value, replyToId=under)

    def activity(self, kind: str, **other: object) -> Json:
        number = next(_NUMBERS)
        sent = {
            "type": kind,
            "id": f"in-{number}",
            "timestamp": f"2026-11-23T11:{number // 60 % 60:02}:{number % 60:02}.000Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": {"id": f"29:{self.name}", "name": self.name, "aadObjectId": f"id-{self.name}"},
            "recipient": {"id": BOT, "name": BOT_NAME},
            "conversation": {
                "id": self.conversation,
                "conversationType": self.kind,
                "isGroup": self.kind != "personal",
                "tenantId": self.tenant,
            },
            "channelData": {"tenant": {"id": self.tenant}},
        }
        return sent | other


def mention(name: str, account: str) -> Json:
    """The entity that belongs to an <at> element."""
    return {
        "type": "mention",
        "text": f"<at>{name}</at>",
        "mentioned": {"id": account, "name": name},
    }


_NUMBERS = itertools.count(1)
