"""What the questions say about the bot and the policies, in figures that comms can use."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from desk.services.insights import Course
from desk.services.report import Report
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader
from handlers.web.desk.downloads import Cell, csv_text, download
from handlers.web.desk.figures import Figure, figures
from handlers.web.desk.page import DeskPage
from handlers.web.desk.periods import PERIODS, period_of, report_without_gaps

INSIGHTS = f"{HOME}/insights"
MINUTES = 10
"""That a colleague would need for a question, until the reader of the page says how many."""
MOST_MINUTES = 480


@dataclass(frozen=True, slots=True)
class Insights:
    """Of a period that ends now. `minutes`: what a question would take a colleague."""

    report: Report
    course: Course
    figures: tuple[Figure, ...]
    minutes: int

    @property
    def share_alone(self) -> float | None:
        """Of the questions about a policy, the share that comms did not get; None without any."""
        asked = self.course.alone + self.course.with_comms
        return self.course.alone / asked if asked else None

    @property
    def saved(self) -> timedelta:
        return timedelta(minutes=self.minutes * self.course.alone)


class InsightPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services

    def register(self, app: web.Application) -> None:
        app.router.add_get(INSIGHTS, self._insights)
        app.router.add_get(f"{INSIGHTS}/{{name}}.csv", self._csv)

    async def _insights(self, request: web.Request) -> web.Response:
        me, period = reader(request), period_of(request)
        found = await asyncio.to_thread(self._found, period, _minutes(request))
        return await self._page.show(
            request,
            me,
            "desk/insights.html",
            found=found,
            period=period,
            periods=PERIODS,
            most_minutes=MOST_MINUTES,
        )

    async def _csv(self, request: web.Request) -> web.Response:
        reader(request)
        found = await asyncio.to_thread(self._found, period_of(request), MINUTES)
        name = request.match_info["name"]
        figure = next((each for each in found.figures if each.name == name), None)
        if figure is None:
            raise web.HTTPNotFound
        rows: list[Sequence[Cell]] = [(label, *numbers) for label, numbers in figure.rows]
        return download(csv_text(figure.head, rows), f"{figure.name}.csv")

    def _found(self, period: int, minutes: int) -> Insights:
        report = report_without_gaps(self._services, period)
        course = self._services.desk.insights.course(report.since, report.until)
        drawn = figures(report, course, self._page.wording.title)
        return Insights(report, course, drawn, minutes)


def _minutes(request: web.Request) -> int:
    given = request.query.get("minutes", "")
    return min(int(given), MOST_MINUTES) if given.isdecimal() and len(given) < 6 else MINUTES
