"""Slack's Web API over HTTP: who may call what, and what goes wrong on the way."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from tests.handlers.slack.fake import chat_methods as chat
from tests.handlers.slack.fake import directory_methods as directory
from tests.handlers.slack.fake import view_methods as views
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.state import Call, LostAnswer, Slow, State

APP_LEVEL = "xapp"
IN_FORMS = ("blocks", "view", "metadata", "prompts", "attachments", "unfurls")  # JSON within a form


READS = "channels:{0} groups:{0} im:{0} mpim:{0}"
HISTORY, READ = READS.format("history"), READS.format("read")


@dataclass(frozen=True)
class Method:
    """`scopes`: one of them is enough; none are needed where there are none."""

    answer: Callable[[State, Json], Json]
    scopes: str = ""


METHODS: Mapping[str, Method] = {
    "apps.connections.open": Method(directory.open_connection, APP_LEVEL),
    "assistant.threads.setStatus": Method(views.set_status, "assistant:write chat:write"),
    "assistant.threads.setSuggestedPrompts": Method(views.set_prompts, "assistant:write"),
    "assistant.threads.setTitle": Method(views.set_title, "assistant:write"),
    "auth.test": Method(directory.auth_test),
    "chat.delete": Method(chat.delete, "chat:write"),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
    "chat.postMessage": Method(chat.post_message, "chat:write"),
    "chat.unfurl": Method(chat.unfurl, "links:write"),
    "chat.update": Method(chat.update, "chat:write"),
    "conversations.history": Method(directory.history, HISTORY),
    "conversations.info": Method(directory.conversation_info, READ),
    "conversations.members": Method(directory.members, READ),
    "conversations.open": Method(directory.open_conversation, "im:write mpim:write"),
    "conversations.replies": Method(directory.replies, HISTORY),
    "reactions.add": Method(chat.add_reaction, "reactions:write"),
    "usergroups.list": Method(directory.usergroups_list, "usergroups:read"),
    "usergroups.users.list": Method(directory.usergroup_users, "usergroups:read"),
    "users.info": Method(directory.user_info, "users:read"),
    "users.list": Method(directory.users_list, "users:read"),
    "views.open": Method(views.open_view),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push_view),
    "views.update": Method(views.update_view),
}


@dataclass(frozen=True)
class WebApi:
    """`after` is called when a call is answered, to send on what it caused."""

    state: State
    after: Callable[[], None]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        if request.transport:
            self.state.connections.add(request.transport.get_extra_info("peername"))
        given = await _arguments(request)
        try:
            lost = await self._meet_trouble(name)
            body = self._call(name, given, _token(request, given))
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            self.after()
        if lost and request.transport:
            request.transport.abort()
        return web.json_response({"ok": True, **body})

    async def _meet_trouble(self, name: str) -> bool:
        """Whether the answer is to be lost."""
        waiting = self.state.troubles[name] or self.state.troubles["*"]
        trouble = waiting.popleft() if waiting else None
        if isinstance(trouble, Slow):
            await asyncio.sleep(trouble.seconds)
        if isinstance(trouble, Refusal):
            self._record(name, {})
            raise trouble
        return isinstance(trouble, LostAnswer)

    def _call(self, name: str, given: Json, token: str) -> Json:
        self._record(name, given)
        if name not in METHODS:
            self.state.complain(f"The fake has no method {name}.")
            raise Refusal("unknown_method")
        with self.state.screen.changed:
            _allow(self.state, METHODS[name].scopes, token)
            answer = METHODS[name].answer(self.state, given)
            self.state.screen.changed.notify_all()
            return answer

    def _record(self, name: str, given: Json) -> None:
        with self.state.screen.changed:
            self.state.calls.append(Call(name, given))
            self.state.screen.changed.notify_all()


def _allow(state: State, scopes: str, token: str) -> None:
    workspace = state.workspace
    if not token:
        raise Refusal("not_authed")
    if token not in (workspace.bot_token, workspace.app_token):
        raise Refusal("invalid_auth")
    if (token == workspace.app_token) != (scopes == APP_LEVEL):
        raise Refusal("not_allowed_token_type")
    if workspace.revoked:
        raise Refusal(workspace.revoked)
    if scopes and scopes != APP_LEVEL and not workspace.scopes.intersection(scopes.split()):
        raise Refusal("missing_scope")


def _token(request: web.Request, given: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else str(given.pop("token", ""))


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        given: Json = await request.json() if request.can_read_body else {}
        return {name: _parsed(name, value) for name, value in given.items()}
    form = {**request.query, **(await request.post())}
    return {name: _parsed(name, value) for name, value in form.items()}


def _parsed(name: str, value: object) -> object:
    try:
        return json.loads(value) if name in IN_FORMS and isinstance(value, str) else value
    except ValueError:
        return value


def _refused(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)
