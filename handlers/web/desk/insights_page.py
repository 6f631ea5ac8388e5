"""What the questions say about the policy: figures with their charts."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from desk.services.insights import Course
from desk.services.report import Report
from handlers.conversation.services import Services
from handlers.web.auth.permissions import reader
from handlers.web.desk.page import DeskPage
from handlers.web.desk.periods import PERIODS, period_of, report_of

Bars = Sequence[tuple[str, int]]


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
    """The figures of a period that ends now."""

    report: Report
    course: Course
    reasons: tuple[tuple[str, int], ...]
    charts: Charts
    bands: tuple[tuple[float, int, int], ...]


class InsightPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services

    def register(self, app: web.Application) -> None:
        app.router.add_get("/desk/insights", self._insights)

    async def _insights(self, request: web.Request) -> web.Response:
        me, period = reader(request), period_of(request)
        figures = await asyncio.to_thread(self._figures, period)
        return await self._page.show(
            request, me, "desk/insights.html", figures=figures, period=period, periods=PERIODS
        )

    def _figures(self, period: int) -> Figures:
        from handlers.web.desk.charts import bands  # noqa: PLC0415 -- matplotlib takes a second

        report = report_of(self._services, period)
        course = self._services.desk.insights.course(report.since, report.until)
        reasons = tuple((reason.for_comms, number) for reason, number in report.handed_over)
        drawn = _charts(report, course, reasons)
        return Figures(report, course, reasons, drawn, tuple(bands(course)))


def _charts(report: Report, course: Course, reasons: Bars) -> Charts:
    from handlers.web.desk import charts  # noqa: PLC0415 -- matplotlib takes a second

    cited = [(cited.place, cited.times) for cited in report.most_cited]
    return Charts(
        days=charts.days(course) if report.questions else "",
        outcomes=charts.bars(report.outcomes),
        reasons=charts.bars(reasons),
        waits=charts.waits(course) if course.waits else "",
        cited=charts.bars(cited),
        confidence=charts.confidence(course) if course.judged else "",
    )
