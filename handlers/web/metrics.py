"""How the bot fares, in Prometheus' format. Every replica tells of the whole: it reads the
database that all share, so take the largest and not the sum."""

import asyncio
import platform
from collections.abc import Iterator

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

from desk.model.metrics import BUCKETS_S, DeskMetrics, ReplyTimes
from handlers.conversation.services import Services


class Metrics:
    messengers = ()

    def __init__(self, service: Services, version: str) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(DeskCollector(service, version))

    def register(self, app: web.Application) -> None:
        app.router.add_get("/metrics", self._show)

    async def _show(self, _: web.Request) -> web.Response:
        body = await asyncio.to_thread(generate_latest, self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class DeskCollector(Collector):
    def __init__(self, service: Services, version: str) -> None:
        self._service = service
        self._version = version

    def describe(self) -> list[Metric]:
        """Empty, so that registering asks no database."""
        return []

    def collect(self) -> Iterator[Metric]:
        pulse = self._service.desk.metrics()
        build = {"version": self._version, "python": platform.python_version()}
        yield InfoMetricFamily("policy_build", "What is running.", value=build)
        yield _questions(pulse)
        yield _cases(pulse)
        yield from self._outbox(pulse)
        yield _replies(pulse.replies)

    def _outbox(self, pulse: DeskMetrics) -> Iterator[Metric]:
        backlog, now = pulse.backlog, self._service.clock.now()
        waited = (now - backlog.oldest).total_seconds() if backlog.oldest else 0.0
        yield GaugeMetricFamily(
            "policy_outbox_waiting", "Messages still to be delivered.", backlog.waiting
        )
        yield GaugeMetricFamily(
            "policy_outbox_oldest_seconds", "How long the oldest of them has waited.", waited
        )
        yield GaugeMetricFamily(
            "policy_outbox_undeliverable", "Messages given up.", backlog.undeliverable
        )


def _questions(pulse: DeskMetrics) -> Metric:
    family = CounterMetricFamily(
        "policy_questions", "Questions by what became of them.", labels=["outcome"]
    )
    for outcome, number in pulse.outcomes:
        family.add_metric([outcome], number)
    return family


def _cases(pulse: DeskMetrics) -> Metric:
    family = GaugeMetricFamily("policy_cases", "Cases by how they stand.", labels=["status"])
    for status, number in pulse.statuses:
        family.add_metric([status], number)
    return family


def _replies(replies: ReplyTimes) -> Metric:
    counts = zip(map(str, BUCKETS_S), replies.within, strict=True)
    buckets: list[tuple[str, float]] = [*counts, ("+Inf", replies.questions)]
    return HistogramMetricFamily(
        "policy_reply_seconds",
        "From a question's arrival to its outcome.",
        buckets=buckets,
        sum_value=replies.total_s,
    )
