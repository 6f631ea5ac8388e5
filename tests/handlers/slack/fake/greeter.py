"""A small bot on the real Bolt, against which the fake itself is tested."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.handlers.slack.fake.own_loop import close_down, wind_down
from tests.handlers.slack.fake.refusal import Json
from tests.handlers.slack.fake.server import SlackServer

T = TypeVar("T")
BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "More"},
    "action_id": "more",
    "value": "42",
}
MODAL = {
    "type": "modal",
    "callback_id": "wish",
    "title": {"type": "plain_text", "text": "More"},
    "submit": {"type": "plain_text", "text": "Send"},
    "private_metadata": "42",
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Your wish"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        }
    ],
}


class Greeter:
    """Answers each message once: it remembers event ids."""

    def __init__(self, slack: SlackServer) -> None:
        workspace = slack.workspace
        client = AsyncWebClient(token=workspace.bot_token, base_url=slack.api_url)
        self.app = AsyncApp(client=client, signing_secret=workspace.signing_secret)
        self.app_token = workspace.app_token
        self.received: list[str] = []
        self.delay_s = 0.0  # before it acknowledges a command
        self.app.event("message")(self.hear)
        self.app.command("/policy")(self.hear_command)
        self.app.action("more")(self.open_modal)
        self.app.view("wish")(self.take_wish)

    async def hear(self, body: Json, say: AsyncSay) -> None:
        event = body["event"]
        self.received.append(body["event_id"])
        if self.received.count(body["event_id"]) == 1 and not event.get("subtype"):
            text = f"You said: {event['text']}"
            section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
            await say(text=text, blocks=[section, {"type": "actions", "elements": [BUTTON]}])

    async def hear_command(self, ack: AsyncAck, command: Json) -> None:
        await asyncio.sleep(self.delay_s)
        await ack(f"Only you read this: {command['text']}")

    async def open_modal(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    async def take_wish(
        self, ack: AsyncAck, body: Json, view: Json, client: AsyncWebClient
    ) -> None:
        wish = view["state"]["values"]["words"]["typed"]["value"]
        if wish == "nothing":
            await ack(response_action="errors", errors={"words": "Wish something."})
        else:
            await ack()
            await client.chat_postMessage(channel=body["user"]["id"], text=f"You wish: {wish}")

    async def handle(self, request: web.Request) -> web.Response:
        return await to_aiohttp_response(
            await self.app.async_dispatch(await to_bolt_request(request))
        )


@contextmanager
def greeting_by_http(slack: SlackServer) -> Iterator[Greeter]:
    greeter = Greeter(slack)
    with _own_loop() as loop:
        app = web.Application()
        app.router.add_post("/slack/events", greeter.handle)
        runner = web.AppRunner(app, shutdown_timeout=1)
        _on(loop, runner.setup())
        _on(loop, web.TCPSite(runner, "127.0.0.1", 0).start())
        slack.send_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield greeter
        _on(loop, close_down(runner))


@contextmanager
def greeting_by_socket(slack: SlackServer) -> Iterator[Greeter]:
    greeter = Greeter(slack)
    with _own_loop() as loop:
        handler = _on(loop, _connected(greeter))
        slack.send_by_socket()
        yield greeter
        _on(loop, handler.close_async())


async def _connected(greeter: Greeter) -> AsyncSocketModeHandler:
    handler = AsyncSocketModeHandler(greeter.app, greeter.app_token, ping_interval=0.2)
    await handler.connect_async()
    return handler


@contextmanager
def _own_loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="greeter")
    thread.start()
    try:
        yield loop
    finally:
        _on(loop, wind_down())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _on(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=20)
