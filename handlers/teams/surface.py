"""/api/messages: takes what Teams sends, stores it, acknowledges it, and finishes it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from handlers.conversation.error_reply import error_reply
from handlers.teams.access import Access
from handlers.teams.activity import Activity, Json, read_activity
from handlers.teams.bot import INVOKE
from handlers.teams.connection import Connection
from handlers.teams.handled import Continuation, Handled
from handlers.teams.messages import text_message
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.service_urls import ServiceUrls
from handlers.teams.turns import Turns
from knowledge.errors import BadInput

ROUTE = "/api/messages"
# Teams waits for 10 to 15 seconds, and then sends the message again.
LONGEST_APOLOGY_S = 5.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    access: Access
    turns: Turns
    connection: Connection
    urls: ServiceUrls
    messenger: TeamsMessenger
    answering: Executor


class TeamsSurface:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._background: set[asyncio.Task[Any]] = set()
        self.messengers = (parts.messenger,)

    @property
    def busy(self) -> bool:
        """Whether an activity is still being worked on after its acknowledgement."""
        return bool(self._background)

    def register(self, app: web.Application) -> None:
        app.router.add_post(ROUTE, self._messages)
        app.cleanup_ctx.append(self._running)

    async def _messages(self, request: web.Request) -> web.Response:
        """Teams never sends again what was acknowledged: so the desk has stored it by then. What
        takes long comes after that."""
        activity = await self._admitted(request)
        self._parts.urls.remember(activity.address, activity.service_url)
        handled = await self._parts.turns.handle(activity)
        if handled.is_lost and handled.reply is not None:
            return await self._apologise(activity, handled.reply)
        self._begin(self._finish(activity, handled))
        if activity.type != INVOKE:
            return web.Response(status=202)
        return web.json_response(handled.body, status=501 if handled.body is None else 200)

    async def _admitted(self, request: web.Request) -> Activity:
        """Raises an HTTP error for what is refused."""
        claims = await self._parts.access.authenticate(request)
        # The page of a stranger in a browser can send JSON only after asking, and is refused then.
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        try:
            activity = read_activity(await request.read())
        except BadInput as refusal:
            raise web.HTTPBadRequest(text=str(refusal)) from None
        self._parts.access.authorise(claims, activity)
        return activity

    async def _apologise(self, activity: Activity, reply: Json) -> web.Response:
        """Nothing was stored: either the person hears of it, or Teams is to send it again."""
        is_told = False
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_APOLOGY_S):
                is_told = await self._post(activity, reply)
        return web.Response(status=202 if is_told else 503)

    async def _finish(self, activity: Activity, handled: Handled) -> None:
        if handled.reply is not None:
            await self._post(activity, handled.reply)
        if handled.continuation is not None:
            failure = await asyncio.get_running_loop().run_in_executor(
                self._parts.answering, _failure, handled.continuation
            )
            if failure:
                await self._post(activity, text_message(failure))

    async def _post(self, activity: Activity, message: Json) -> bool:
        """Whether Teams took it."""
        try:
            await self._parts.connection.post(activity.address, message)
        except Exception as error:  # noqa: BLE001 -- Teams may fail in any way, and nothing is lost by it
            log.warning("Teams did not take a reply: %s", type(error).__name__)
            return False
        return True

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        self._parts.messenger.loop = asyncio.get_running_loop()
        self._parts.connection.open()
        yield
        # What was acknowledged is finished before the process ends.
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._parts.connection.close()


def _failure(continuation: Continuation) -> str:
    """Run it; the sentence about its failure, if it fails."""
    try:
        continuation()
    except Exception as error:  # noqa: BLE001 -- whatever fails, the person who asked hears of it
        return error_reply(error, stored=True)
    return ""
