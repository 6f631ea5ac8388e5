"""What people asked that the policies do not answer."""

import asyncio

from aiohttp import web

from desk.services.report import Gap, Report
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader
from handlers.web.desk.downloads import csv_text, download
from handlers.web.desk.page import DeskPage
from handlers.web.desk.periods import PERIODS, period_of, report_of

GAPS = f"{HOME}/gaps"
OPEN = "open"
HEAD = ("question", "people", "questions", "first asked", "last asked", "cases", "answered in")


class GapsPage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services

    def register(self, app: web.Application) -> None:
        app.router.add_get(GAPS, self._gaps)
        app.router.add_get(f"{GAPS}.csv", self._csv)

    async def _gaps(self, request: web.Request) -> web.Response:
        me, period = reader(request), period_of(request)
        report = await asyncio.to_thread(report_of, self._services, period)
        return await self._page.show(
            request,
            me,
            "desk/gaps.html",
            gaps=_wanted(request, report),
            answered=sum(bool(gap.answered_in) for gap in report.gaps),
            only_open=OPEN in request.query,
            period=period,
            periods=PERIODS,
        )

    async def _csv(self, request: web.Request) -> web.Response:
        reader(request)
        report = await asyncio.to_thread(report_of, self._services, period_of(request))
        rows = [_row(gap) for gap in _wanted(request, report)]
        return download(csv_text(HEAD, rows), "gaps.csv")


def _wanted(request: web.Request, report: Report) -> tuple[Gap, ...]:
    if OPEN not in request.query:
        return report.gaps
    return tuple(gap for gap in report.gaps if not gap.answered_in)


def _row(gap: Gap) -> tuple[str | int, ...]:
    first = gap.first_at.date().isoformat() if gap.first_at else ""
    last = gap.last_at.date().isoformat() if gap.last_at else ""
    refs = (" ".join(gap.cases), " ".join(gap.answered_in))
    return (gap.questions[0], gap.askers, len(gap.questions), first, last, *refs)
