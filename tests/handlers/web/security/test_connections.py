"""Silent connections go first; nobody who says something is harmed by them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from app.web_application import listening
from handlers.web.security.bodies import Bodies
from handlers.web.security.connections import ConnectionLimits, Connections
from handlers.web.security.middleware import CONNECTIONS

REQUEST = b"GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
WAIT_S = 10


class Client:
    """One connection, by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def status(self) -> int:
        """The status of the next answer."""
        async with asyncio.timeout(WAIT_S):
            line = await self.reader.readline()
            await self.reader.readuntil(b"\r\n\r\n")
        return int(line.split()[1])

    async def is_closed(self) -> None:
        """Returns once the other end has closed the connection."""
        async with asyncio.timeout(WAIT_S):
            try:
                while await self.reader.read(1000):
                    pass
            except ConnectionError:
                pass


class Site:
    def __init__(self, port: int, stack: AsyncExitStack) -> None:
        self.port = port
        self._stack = stack

    async def connect(self) -> Client:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._stack.callback(writer.close)
        return Client(reader, writer)


def application(limits: ConnectionLimits, body_s: float, *, shared: bool) -> web.Application:
    connections = Connections(lambda _: shared, limits)

    @web.middleware
    async def answer(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        with connections.answering(request.protocol):
            return await handler(request)

    app = web.Application(middlewares=[Bodies(body_s).read, answer])
    app[CONNECTIONS] = connections
    app.router.add_get("/", _said)
    app.router.add_post("/", _said)
    app.router.add_get("/waits", _waits)
    return app


async def _said(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def _waits(_: web.Request) -> web.Response:
    await asyncio.sleep(1)
    return web.Response()


@asynccontextmanager
async def site(
    limits: ConnectionLimits, body_s: float = WAIT_S, *, shared: bool = False
) -> AsyncIterator[Site]:
    app = application(limits, body_s, shared=shared)
    async with AsyncExitStack() as stack, listening(app, "127.0.0.1", 0) as port:
        yield Site(port, stack)
        await stack.aclose()


def test_the_longest_silent_connection_of_an_address_makes_room() -> None:
    async def run() -> None:
        async with site(ConnectionLimits(silent_of_address=2)) as bot:
            first, second = await bot.connect(), await bot.connect()
            await second.send(REQUEST % b"")
            assert await second.status() == 200
            third = await bot.connect()
            await first.is_closed()
            for client in (second, third):
                await client.send(REQUEST % b"")
                assert await client.status() == 200

    asyncio.run(run())


@pytest.mark.parametrize("limits", [ConnectionLimits(silent=50), ConnectionLimits(total=50)])
def test_hundreds_of_silent_connections_keep_nobody_out(limits: ConnectionLimits) -> None:
    async def run() -> None:
        async with site(limits, shared=True) as bot:
            silent = [await bot.connect() for _ in range(300)]
            address = f"http://127.0.0.1:{bot.port}/"
            async with ClientSession() as session, session.get(address) as response:
                assert response.status == 200
            for client in silent[:200]:
                await client.is_closed()

    asyncio.run(run())


def test_a_connection_that_waits_for_its_answer_is_not_silent() -> None:
    async def run() -> None:
        async with site(ConnectionLimits(silent_of_address=1, total=3)) as bot:
            busy = await bot.connect()
            await busy.send(REQUEST % b"waits")
            await asyncio.sleep(0.1)
            others = [await bot.connect() for _ in range(10)]
            await others[0].is_closed()
            assert await busy.status() == 200

    asyncio.run(run())


def test_many_may_come_through_a_proxy() -> None:
    async def run() -> None:
        async with site(ConnectionLimits(silent_of_address=1), shared=True) as bot:
            for client in [await bot.connect() for _ in range(5)]:
                await client.send(REQUEST % b"")
                assert await client.status() == 200

    asyncio.run(run())


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nX-Slow: "])
def test_headers_that_do_not_come_in_time_end_the_connection(begun: bytes) -> None:
    async def run() -> None:
        async with site(ConnectionLimits(headers_s=0.2)) as bot:
            slow, good = await bot.connect(), await bot.connect()
            await slow.send(begun)
            await good.send(REQUEST % b"")
            assert await good.status() == 200
            await slow.is_closed()
            await good.send(REQUEST % b"")
            assert await good.status() == 200

    asyncio.run(run())


@pytest.mark.parametrize(
    "headers", [b"Content-Length: 1000\r\n\r\nabc", b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc"]
)
def test_a_body_that_does_not_come_in_time_is_refused(headers: bytes) -> None:
    async def run() -> None:
        async with site(ConnectionLimits(), body_s=0.2) as bot:
            slow = await bot.connect()
            await slow.send(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + headers)
            assert await slow.status() == 408

    asyncio.run(run())


def test_a_body_that_is_damaged_is_refused() -> None:
    async def run() -> None:
        async with site(ConnectionLimits()) as bot:
            client = await bot.connect()
            await client.send(
                b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\n"
                b"Content-Length: 9\r\n\r\nnot gzip!"
            )
            assert await client.status() == 400

    asyncio.run(run())


def test_a_slow_body_makes_room_for_others() -> None:
    async def run() -> None:
        async with site(ConnectionLimits(total=5)) as bot:
            slow = [await bot.connect() for _ in range(5)]
            for client in slow:
                await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n")
            await asyncio.sleep(0.1)
            good = await bot.connect()
            await good.send(REQUEST % b"")
            assert await good.status() == 200
            await slow[0].is_closed()

    asyncio.run(run())
