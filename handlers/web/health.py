"""What a load balancer asks: whether the process lives, and whether it can serve."""

import asyncio
import logging

from aiohttp import web

from handlers.conversation.services import Services

log = logging.getLogger(__name__)


class Health:
    def __init__(self, service: Services) -> None:
        self._service = service
        self.messengers = ()

    def register(self, app: web.Application) -> None:
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def _ready(self, _: web.Request) -> web.Response:
        """The policies and the index are there, or nothing would listen: the database is asked."""
        try:
            backlog = await asyncio.to_thread(self._service.desk.backlog)
        except Exception:  # whatever keeps the database from answering, the bot is not ready
            log.exception("The database does not answer")
            return web.json_response({"status": "the database does not answer"}, status=503)
        now = self._service.clock.now()
        waited = (now - backlog.oldest).total_seconds() if backlog.oldest else 0.0
        outbox = {
            "waiting": backlog.waiting,
            "oldest_seconds": round(waited, 1),
            "undeliverable": backlog.undeliverable,
        }
        unread = self._service.unread_policies()
        return web.json_response({"status": "ready", "outbox": outbox, "unread_policies": unread})
