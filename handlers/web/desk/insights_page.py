"""What the questions say about the policy: gaps, and figures with their pictures."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from desk.services.insights import Course
from desk.services.report import Report
from handlers.conversation.case_text import REASONS
from handlers.conversation.services import Services
from handlers.web.auth.permissions import reader
from handlers.web.desk import charts
from handlers.web.desk.page import DeskPage

PERIODS = (7, 30, 90, 365)
USUAL = 30


@dataclass(frozen=True, slots=True)
class Charts:
    """Each as SVG; empty where there is nothing to draw."""

    days: str
    outcomes: str
    reasons: str
    waits: str
    cited: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the last so many days."""

    report: Report
    course: Course
    charts: Charts
    bands: tuple[tuple[float, int, int], ...]


class InsightPages:
    def __init__(self, service: Services) -> None:
        self._page = DeskPage(service)
        self._service = service

    def register(self, app: web.Application) -> None:
        app.router.add_get("/desk/insights", self._insights)
        app.router.add_get("/desk/gaps", self._gaps)

    async def _insights(self, request: web.Request) -> web.Response:
        me, period = reader(request), period_of(request)
        figures = await asyncio.to_thread(self._figures, period)
        return await self._page.show(
            request, me, "desk_insights.html", figures=figures, period=period, periods=PERIODS
        )

    async def _gaps(self, request: web.Request) -> web.Response:
        me, period = reader(request), period_of(request)
        report = await asyncio.to_thread(report_of, self._service, period)
        return await self._page.show(
            request, me, "desk_gaps.html", report=report, period=period, periods=PERIODS
        )

    def _figures(self, period: int) -> Figures:
        report = report_of(self._service, period)
        course = self._service.desk.insights.course(report.since, report.until)
        bands = tuple(charts.bands(course))
        return Figures(report, course, _charts(report, course), bands)


def period_of(request: web.Request) -> int:
    """In days."""
    asked = request.query.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), USUAL)


def report_of(service: Services, period: int) -> Report:
    until = service.clock.now()
    return service.desk.reports.report(until - timedelta(days=period), until, service.grouping)


def _charts(report: Report, course: Course) -> Charts:
    cited = [(f"{c.section} {c.heading}", c.times) for c in report.most_cited]
    return Charts(
        days=charts.days(course) if report.questions else "",
        outcomes=_bars(report.outcomes),
        reasons=_bars([(REASONS[reason], number) for reason, number in report.handed_over]),
        waits=charts.waits(course) if course.waits else "",
        cited=_bars(cited),
        confidence=charts.confidence(course) if course.judged else "",
    )


def _bars(rows: tuple[tuple[str, int], ...] | list[tuple[str, int]]) -> str:
    return charts.bars(rows) if rows else ""
