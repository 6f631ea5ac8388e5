"""For a load balancer: whether the process runs, and whether it can serve."""

import asyncio
import logging

from aiohttp import web

from handlers.conversation.services import Services

log = logging.getLogger(__name__)


class Health:
    def __init__(self, services: Services) -> None:
        self._services = services
        self.messengers = ()

    def register(self, app: web.Application) -> None:
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def _ready(self, _: web.Request) -> web.Response:
        """Policies and index were loaded before the bot began to listen; the database may fail."""
        desk = self._services.desk
        try:
            desk.check_disk()
        except OSError as failed:
            return web.json_response({"status": str(failed)}, status=503)
        try:
            backlog = await asyncio.to_thread(desk.backlog)
        except Exception:  # whatever the reason, the bot is not ready
            log.exception("The database does not answer")
            return web.json_response({"status": "the database does not answer"}, status=503)
        now = self._services.clock.now()
        waited = (now - backlog.oldest).total_seconds() if backlog.oldest else 0.0
        outbox = {
            "waiting": backlog.waiting,
            "oldest_seconds": round(waited, 1),
            "undeliverable": backlog.undeliverable,
        }
        unread = self._services.unread_policies()
        return web.json_response({"status": "ready", "outbox": outbox, "unread_policies": unread})
