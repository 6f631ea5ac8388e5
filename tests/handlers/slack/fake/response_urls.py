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
        if self.state.redirect_response_urls_to:
            raise web.HTTPTemporaryRedirect(self.state.redirect_response_urls_to)
        given = await request.json()
        try:
            with self.state.screen.changed:
                self._take(request.match_info["key"], given)
                self.state.screen.changed.notify_all()
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
    """Also for the text in an app's acknowledgement of a command."""
    original = _original(state, url)
    if given.get("delete_original") and original:
        original.deleted = True
    elif given.get("replace_original") and original:
        posting.change(state, original, given)
    else:
        _say(state, url, given)


def _say(state: State, url: ResponseUrl, given: Json) -> None:
    message = posting.message_of_bot(state, url.channel, given)
    message.only_for = "" if given.get("response_type") == "in_channel" else url.user
    message.thread_ts = given.get("thread_ts") or url.thread_ts
    state.screen.messages.append(message)


def _original(state: State, url: ResponseUrl) -> Message | None:
    return state.screen.message(url.channel, url.ts)
