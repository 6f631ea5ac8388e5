"""The queue: the cases that wait, who holds each, and when its answer is due."""

import asyncio

from aiohttp import web

from desk.model.case_filter import CaseOrder
from desk.services.bulk import MOST_AT_ONCE
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.queue_filters import STATUSES, filters_of
from handlers.web.forms import form_of

MOST_CASES = 200


class QueuePage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._desk = services.desk

    def register(self, app: web.Application) -> None:
        app.router.add_get(HOME, self._show)
        app.router.add_post(f"{HOME}/mentions", self._seen)

    async def _show(self, request: web.Request) -> web.Response:
        me, filters = reader(request), filters_of(request)
        wanted = filters.wanted(me.person, self._desk.hours.zone)
        cases = await asyncio.to_thread(self._desk.queue.listed, wanted, MOST_CASES + 1)
        mentions = await asyncio.to_thread(self._desk.case_notes.mentions, me.person)
        return await self._page.show(
            request,
            me,
            "desk/queue.html",
            filters=filters,
            statuses=tuple(STATUSES),
            policies=tuple(self._services.policies),
            order=CaseOrder,
            cases=cases[:MOST_CASES],
            most_at_once=MOST_AT_ONCE,
            more=len(cases) > MOST_CASES,
            mentions=mentions,
            none_chosen=request.query.get("chosen", "") == "none",
        )

    async def _seen(self, request: web.Request) -> web.Response:
        me, form = worker(request), await form_of(request)
        await asyncio.to_thread(self._desk.case_notes.set_seen, form.number("note"), me.person)
        return redirect_to(HOME)
