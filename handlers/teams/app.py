"""Teams inside the one web application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from typing import Any

from aiohttp import web
from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes

from handlers.conversation.services import Services
from handlers.teams.activities import TeamsBot
from handlers.teams.adapter import TeamsAdapter
from handlers.teams.asker_actions import AskerActions
from handlers.teams.auth import Cloud, Credentials, Registration, TokenValidator, authentication
from handlers.teams.cards.case_cards import CommsCards
from handlers.teams.cards.quotes import Quotes
from handlers.teams.cards.reply_cards import AskerCards
from handlers.teams.clause_search import ClauseSearch
from handlers.teams.comms_actions import Allowed, CommsActions
from handlers.teams.connection import Connection
from handlers.teams.message_extension import Extension
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.service_urls import ServiceUrls

ROUTE = "/api/messages"

log = logging.getLogger(__name__)


class Teams:
    def __init__(
        self,
        bot: TeamsBot,
        adapter: TeamsAdapter,
        gate: TokenValidator,
        urls: ServiceUrls,
        messenger: TeamsMessenger,
    ) -> None:
        self._bot = bot
        self._adapter = adapter
        self._gate = gate
        self._urls = urls
        self._messenger = messenger
        self._at_work: set[asyncio.Task[Any]] = set()
        self.messengers = (messenger,)

    @property
    def busy(self) -> bool:
        """Whether something that came in is still being worked on."""
        return bool(self._at_work)

    def register(self, app: web.Application) -> None:
        app.router.add_post(ROUTE, self._messages)
        app.cleanup_ctx.append(self._running)

    async def _messages(self, request: web.Request) -> web.Response:
        activity = await _activity(request)
        await self._gate.admit(request, activity)
        self._urls.hear(activity.conversation.id, activity.service_url)
        taken_in = asyncio.Event()
        turn = self._adapter.process(activity, self._bot.on_turn, taken_in)
        if activity.type == ActivityTypes.invoke:
            answer = await turn or InvokeResponse(status=501)
            return web.json_response(answer.body, status=answer.status)
        # Teams sends again what is not acknowledged within seconds, and never what is: the desk
        # has the question first, and its answer does not hold up the acknowledgement.
        waiting = asyncio.create_task(taken_in.wait())
        await asyncio.wait({self._begun(turn), waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        return web.Response(status=202)

    def _begun(self, turn: Coroutine[Any, Any, object]) -> asyncio.Task[Any]:
        task = asyncio.create_task(turn)
        self._at_work.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._at_work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("A turn failed: %s", type(error).__name__, exc_info=error)

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        self._messenger.loop = asyncio.get_running_loop()
        yield
        # What was acknowledged is finished before the process ends.
        await asyncio.gather(*self._at_work, return_exceptions=True)


def teams(
    service: Services,
    registration: Registration,
    administrators: frozenset[str] = frozenset(),
    cloud: Cloud | None = None,
) -> Teams:
    there = cloud or Cloud()
    credentials = Credentials(registration, there)
    checks = authentication(credentials, there.authority)
    urls = ServiceUrls(there.service_url if registration.app_id else "")
    quotes = Quotes(service.policies, service.address)
    hours = service.desk.hours
    asker_cards, comms_cards = AskerCards(quotes, hours), CommsCards(quotes, hours)
    connection = Connection(credentials.shown, urls)
    messenger = TeamsMessenger(connection, asker_cards, comms_cards, service.clock)
    allowed = Allowed(administrators, everybody=not registration.app_id)
    bot = bot_of(service, asker_cards, comms_cards, allowed)
    adapter = TeamsAdapter(connection)
    return Teams(bot, adapter, TokenValidator(checks, registration), urls, messenger)


def bot_of(
    service: Services, asker_cards: AskerCards, comms_cards: CommsCards, allowed: Allowed
) -> TeamsBot:
    answers = service.conversation.answers
    search = ClauseSearch(answers, asker_cards.quotes)
    return TeamsBot(
        service,
        AskerActions(service, asker_cards),
        CommsActions(service, comms_cards, allowed),
        Extension(service.desk, answers, search, asker_cards),
    )


async def _activity(request: web.Request) -> Activity:
    """Raises HTTPBadRequest, or HTTPUnsupportedMediaType: no page of a browser may send JSON
    here without asking first."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        sent = await request.json()
        activity: Activity = Activity().deserialize(sent)
    except (ValueError, TypeError, AttributeError):
        raise web.HTTPBadRequest(text="This is no activity.") from None
    if not (activity.type and activity.conversation and activity.from_property):
        raise web.HTTPBadRequest(text="This is no activity.")
    # botbuilder looks for "tenantID".
    activity.conversation.tenant_id = sent["conversation"].get("tenantId")
    return activity
