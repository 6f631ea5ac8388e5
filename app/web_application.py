"""The one aiohttp application: every surface adds its routes, and a worker runs with it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Protocol

from aiohttp import web

from app.worker import Worker
from desk.model.messages import Messenger
from handlers.conversation.services import Services
from handlers.web.security.middleware import CONNECTIONS

# Uploads are not taken; a question of 60,000 characters is, and is told that it is too long.
LARGEST_BODY = 1024 * 1024
THREADS = 32  # most of them wait, for the database or for a platform


class Surface(Protocol):
    """A place where people meet the bot."""

    @property
    def messengers(self) -> Sequence[Messenger]: ...

    def register(self, app: web.Application) -> None:
        """Add routes, and to `cleanup_ctx` what runs as long as the application."""
        ...


def application(service: Services, surfaces: Sequence[Surface]) -> web.Application:
    app = web.Application(client_max_size=LARGEST_BODY)
    for surface in surfaces:
        surface.register(app)
    worker = Worker(service, [each for surface in surfaces for each in surface.messengers])
    app.cleanup_ctx.append(_working(worker))  # last to start, first to stop
    return app


@asynccontextmanager
async def listening(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serves the application, with its limits of connections, and yields the port: with `port` 0
    the system chooses one. Raises OSError where nothing can listen there."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        connections, loop = app[CONNECTIONS], asyncio.get_running_loop()
        protocol = partial(connections.protocol, runner)
        listener = await loop.create_server(protocol, host, port)
        try:
            yield listener.sockets[0].getsockname()[1]
        finally:
            listener.close()
    finally:
        await runner.cleanup()


def _working(worker: Worker) -> Callable[[web.Application], AsyncIterator[None]]:
    async def working(_: web.Application) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        task = asyncio.create_task(worker.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    return working
