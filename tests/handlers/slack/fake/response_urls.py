"""Posts to a response_url: five within half an hour, no token, no membership."""

from dataclasses import dataclass

from aiohttp import web

from tests.handlers.slack.fake import posting
from tests.handlers.slack.fake.refusal import Json, Refusal
from tests.handlers.slack.fake.screen import Message
from tests.handlers.slack.fake.state import USES_OF_A_RESPONSE_URL, ResponseUrl, State


@dataclass(frozen=True)
class ResponseUrls:
    state: State

    async def handle(self, request: web.Request) -> web.Response:
        given = await request.json()
        try:
            with self.state.shown.changed:
                self._take(request.match_info["key"], given)
                self.state.shown.changed.notify_all()
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.status)
        return web.json_response({"ok": True})

    def _take(self, key: str, given: Json) -> None:
        url = self.state.response_urls.get(key)
        if url is None:
            raise Refusal("expired_url", status=404)
        if url.uses >= USES_OF_A_RESPONSE_URL:
            raise Refusal("used_url", status=404)
        url.uses += 1
        respond(self.state, url, given)


def respond(state: State, url: ResponseUrl, given: Json) -> None:
    """Also for what an app says within its acknowledgement of a command."""
    original = _original(state, url)
    if given.get("delete_original") and original:
        original.deleted = True
    elif given.get("replace_original") and original:
        posting.change(state, original, given)
    else:
        _say(state, url, given)


def _say(state: State, url: ResponseUrl, given: Json) -> None:
    said = posting.said_by_bot(state, url.channel, given)
    said.only_for = "" if given.get("response_type") == "in_channel" else url.user
    said.thread_ts = given.get("thread_ts") or url.thread_ts
    state.shown.messages.append(said)


def _original(state: State, url: ResponseUrl) -> Message | None:
    return state.shown.message(url.channel, url.ts)
