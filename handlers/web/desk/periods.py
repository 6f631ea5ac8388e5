"""The period that figures are about: so many days, which end now."""

from datetime import timedelta

from aiohttp import web

from desk.services.report import Grouping, NoGroups, Report
from handlers.conversation.services import Services

PERIODS = (7, 30, 90, 365)  # days
DEFAULT_PERIOD = 30


def period_of(request: web.Request) -> int:
    """In days."""
    asked = request.query.get("days", "")
    return next((days for days in PERIODS if str(days) == asked), DEFAULT_PERIOD)


def report_of(services: Services, period: int) -> Report:
    return _report(services, period, services.grouping)


def report_without_gaps(services: Services, period: int) -> Report:
    """Faster."""
    return _report(services, period, NoGroups())


def _report(services: Services, period: int, grouping: Grouping) -> Report:
    until = services.clock.now()
    return services.desk.reports.report(until - timedelta(days=period), until, grouping)
