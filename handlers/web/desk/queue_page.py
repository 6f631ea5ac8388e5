"""The queue: the cases that wait, who holds each, and when its answer is due."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from desk.model.case import PENDING, Status
from desk.model.case_filter import CaseFilter
from desk.model.people import Person
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader
from handlers.web.desk.page import DeskPage
from knowledge.reason import OPENS_A_CASE, Reason

MOST_CASES = 200
LONGEST_TEXT = 200
WAITING, ALL = "waiting", "all"
STATUSES = {
    WAITING: PENDING,
    **{status.value: frozenset({status}) for status in Status},
    ALL: frozenset(Status),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """As the form shows them."""

    status: str
    reason: Reason | None
    overdue: bool
    mine: bool
    text: str

    def wanted(self, me: Person) -> CaseFilter:
        return CaseFilter(
            statuses=STATUSES[self.status],
            reason=self.reason,
            overdue=self.overdue,
            held_by=me if self.mine else None,
            text=self.text,
        )


class QueuePage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)

    def register(self, app: web.Application) -> None:
        app.router.add_get(HOME, self._show)

    async def _show(self, request: web.Request) -> web.Response:
        me, filters = reader(request), filters_of(request)
        wanted = filters.wanted(me.person)
        cases = await asyncio.to_thread(self._page.desk.queue.listed, wanted, MOST_CASES + 1)
        return await self._page.show(
            request,
            me,
            "desk/queue.html",
            filters=filters,
            statuses=tuple(STATUSES),
            cases=cases[:MOST_CASES],
            more=len(cases) > MOST_CASES,
        )


def filters_of(request: web.Request) -> Filters:
    """What is no filter, or no value of one, is left out."""
    asked = request.query
    status, reason = asked.get("status", WAITING), asked.get("reason", "")
    return Filters(
        status=status if status in STATUSES else WAITING,
        reason=Reason(reason) if reason in OPENS_A_CASE else None,
        overdue="overdue" in asked,
        mine="mine" in asked,
        text=asked.get("text", "").strip()[:LONGEST_TEXT],
    )
