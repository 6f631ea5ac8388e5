"""How many connections the bot holds. Those that say nothing are the first to go.

A connection is silent while no complete request of it is being answered: it is new, sends its
headers or its body slowly, or waits for a next request.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from handlers.web.security.client_address import rate_limit_key

# Between two requests; longer than the 60 s for which nginx keeps a connection to us open.
KEEP_ALIVE_S = 75.0
# What still comes of a body that was refused is thrown away for this long, so that the client
# gets to read why.
LINGER_S = 3.0


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """`headers_s`: seconds until the first request must have arrived."""

    total: int = 2000
    silent: int = 1000
    silent_of_address: int = 200
    headers_s: float = 20.0


DEFAULT_LIMITS = ConnectionLimits()


class Connections:
    """Used from the event loop's thread alone."""

    def __init__(
        self, is_shared: Callable[[str], bool], limits: ConnectionLimits = DEFAULT_LIMITS
    ) -> None:
        """`is_shared`: whether many people may come from an address, such as a proxy's."""
        self._is_shared = is_shared
        self._limits = limits
        self._open: set[web.RequestHandler] = set()
        self._unheard: set[web.RequestHandler] = set()
        # The longest silent first, each with the address that it is counted by.
        self._silent: dict[web.RequestHandler, str] = {}

    def protocol(self, runner: web.AppRunner) -> web.RequestHandler:
        """For `create_server`: a new connection to the application of this runner, which is set
        up."""
        return _Counted(
            runner.server,
            self,
            loop=asyncio.get_running_loop(),
            keepalive_timeout=KEEP_ALIVE_S,
            lingering_time=LINGER_S,
            access_log=None,
        )

    def opened(self, connection: web.RequestHandler, address: str) -> None:
        """`address`: of the other end; empty where it has none."""
        self._open.add(connection)
        self._unheard.add(connection)
        self._silent[connection] = rate_limit_key(address)
        asyncio.get_running_loop().call_later(self._limits.headers_s, self._expect, connection)
        self._make_room(address)

    def closed(self, connection: web.RequestHandler) -> None:
        self._open.discard(connection)
        self._unheard.discard(connection)
        self._silent.pop(connection, None)

    @contextmanager
    def answering(self, connection: web.RequestHandler) -> Iterator[None]:
        """While a request of this connection is being answered."""
        self._unheard.discard(connection)
        address = self._silent.pop(connection, None)
        try:
            yield
        finally:
            if address is not None and connection in self._open:
                self._silent[connection] = address

    def _make_room(self, address: str) -> None:
        if len(self._silent) > self._limits.silent or len(self._open) > self._limits.total:
            self._close(next(iter(self._silent)))
        key = rate_limit_key(address)
        same = [each for each, other in self._silent.items() if other == key]
        if len(same) > self._limits.silent_of_address and not self._is_shared(address):
            self._close(same[0])

    def _expect(self, connection: web.RequestHandler) -> None:
        if connection in self._unheard:
            self._close(connection)

    def _close(self, connection: web.RequestHandler) -> None:
        self.closed(connection)
        connection.force_close()


class _Counted(web.RequestHandler):
    """aiohttp's connection, which tells Connections when it opens and closes."""

    __slots__ = ("_connections",)

    def __init__(self, server: Any, connections: Connections, **options: Any) -> None:
        super().__init__(server, **options)
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        peer = transport.get_extra_info("peername")
        self._connections.opened(self, str(peer[0]) if isinstance(peer, tuple) else "")

    def connection_lost(self, exc: BaseException | None) -> None:
        self._connections.closed(self)
        super().connection_lost(exc)
