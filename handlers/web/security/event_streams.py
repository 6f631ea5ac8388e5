"""How many event streams are open: of one person or session, of one address, and in all."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from handlers.web.security.client_address import client_of, rate_limit_key

TOO_MANY = "Too many pages are open at once. Close some of them and load this one again."


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """A council's whole staff may come from one address, but a person has few pages open."""

    total: int = 1000
    of_address: int = 200
    of_person: int = 20


DEFAULT_LIMITS = StreamLimits()


class EventStreams:
    def __init__(
        self, is_shared: Callable[[str], bool], limits: StreamLimits = DEFAULT_LIMITS
    ) -> None:
        """`is_shared`: whether many people may come from an address, such as a proxy's."""
        self._is_shared = is_shared
        self._limits = limits
        self._persons: Counter[str] = Counter()
        self._addresses: Counter[str] = Counter()

    @contextmanager
    def opened(self, request: web.Request, person: str) -> Iterator[None]:
        """Counts a stream as long as it lasts. Raises HTTPTooManyRequests."""
        client = client_of(request)
        if self._is_full(person, client):
            raise web.HTTPTooManyRequests(text=TOO_MANY)
        address = rate_limit_key(client)
        self._persons[person] += 1
        self._addresses[address] += 1
        try:
            yield
        finally:
            _subtract(self._persons, person)
            _subtract(self._addresses, address)

    def _is_full(self, person: str, client: str) -> bool:
        limits, of_address = self._limits, self._addresses[rate_limit_key(client)]
        return (
            self._persons.total() >= limits.total
            or self._persons[person] >= limits.of_person
            or (of_address >= limits.of_address and not self._is_shared(client))
        )


def _subtract(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]


EVENT_STREAMS: web.AppKey[EventStreams] = web.AppKey("event_streams", EventStreams)
