"""Metrics in Prometheus' format.

They come from the database that all replicas share, so each replica reports the totals: use the
maximum over replicas, not the sum.
"""

import asyncio
import platform
from collections.abc import Iterator
from datetime import datetime

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from desk.model.backlog import Backlog
from desk.model.metrics import BUCKETS_S, DeskMetrics, ReplyTimes, Unanswered
from handlers.conversation.services import Services


class Metrics:
    messengers = ()

    def __init__(self, services: Services, version: str) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(DeskCollector(services, version))

    def register(self, app: web.Application) -> None:
        app.router.add_get("/metrics", self._show)

    async def _show(self, _: web.Request) -> web.Response:
        body = await asyncio.to_thread(generate_latest, self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class DeskCollector(Collector):
    def __init__(self, services: Services, version: str) -> None:
        self._services = services
        self._version = version

    def describe(self) -> list[Metric]:
        """Empty, so that registering does not read the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        metrics, now = self._services.desk.metrics(), self._services.clock.now()
        build = {"version": self._version, "python": platform.python_version()}
        yield InfoMetricFamily("policy_build", "What is running.", value=build)
        yield _questions(metrics)
        yield from _unanswered(metrics.unanswered, now)
        yield _cases(metrics)
        yield from _outbox(metrics.backlog, now)
        yield from _emails(metrics.emails)
        yield _replies(metrics.replies)


def _unanswered(left: Unanswered, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "policy_questions_waiting", "Questions without an outcome yet.", left.waiting
    )
    yield GaugeMetricFamily(
        "policy_questions_oldest_seconds",
        "Age of the oldest such question.",
        _age_s(left.oldest, now),
    )


def _outbox(backlog: Backlog, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "policy_outbox_waiting", "Messages still to be delivered.", backlog.waiting
    )
    yield GaugeMetricFamily(
        "policy_outbox_oldest_seconds",
        "Age of the oldest such message.",
        _age_s(backlog.oldest, now),
    )
    yield GaugeMetricFamily(
        "policy_outbox_undeliverable",
        "Messages that were given up.",
        backlog.undeliverable,
    )


def _emails(emails: Backlog) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "policy_email_retried", "E-mails that failed and are tried again.", emails.retried
    )
    yield GaugeMetricFamily(
        "policy_email_undeliverable", "E-mails that were given up.", emails.undeliverable
    )


def _age_s(oldest: datetime | None, now: datetime) -> float:
    return (now - oldest).total_seconds() if oldest else 0.0


def _questions(metrics: DeskMetrics) -> Metric:
    family = CounterMetricFamily("policy_questions", "Questions by outcome.", labels=["outcome"])
    for outcome, number in metrics.outcomes:
        family.add_metric([outcome], number)
    return family


def _cases(metrics: DeskMetrics) -> Metric:
    family = GaugeMetricFamily("policy_cases", "Cases by status.", labels=["status"])
    for status, number in metrics.statuses:
        family.add_metric([status], number)
    return family


def _replies(replies: ReplyTimes) -> Metric:
    counts = zip(map(str, BUCKETS_S), replies.within, strict=True)
    buckets: list[tuple[str, float]] = [*counts, ("+Inf", replies.questions)]
    return HistogramMetricFamily(
        "policy_reply_seconds",
        "Time from a question to its outcome.",
        buckets=buckets,
        sum_value=replies.total_s,
    )
