"""How many event streams may be open at once."""

from contextlib import ExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from handlers.web.security.event_streams import EventStreams, StreamLimits

LIMITS = StreamLimits(total=5, of_address=3, of_person=2)


def from_address(address: str) -> web.Request:
    return make_mocked_request("GET", "/events").clone(remote=address)


def opened(streams: EventStreams, stack: ExitStack, address: str, person: str) -> bool:
    try:
        stack.enter_context(streams.opened(from_address(address), person))
    except web.HTTPTooManyRequests:
        return False
    return True


@pytest.mark.parametrize(
    ("comers", "let_in"),
    [
        ([("192.0.2.1", "ann")] * 3, 2),
        ([("192.0.2.1", f"person {number}") for number in range(4)], 3),
        ([(f"192.0.2.{number}", f"person {number}") for number in range(6)], 5),
        ([(f"2001:db8::{number}", f"person {number}") for number in range(4)], 3),
    ],
    ids=["of a person", "of an address", "in all", "of an IPv6 network"],
)
def test_one_too_many_is_refused_until_another_ends(
    comers: list[tuple[str, str]], let_in: int
) -> None:
    streams = EventStreams(lambda _: False, LIMITS)
    with ExitStack() as stack:
        assert sum(opened(streams, stack, *each) for each in comers) == let_in
    with ExitStack() as stack:
        assert opened(streams, stack, *comers[-1])


def test_many_may_come_through_a_proxy_but_not_more_than_in_all() -> None:
    streams = EventStreams(lambda address: address == "10.0.0.1", LIMITS)
    with ExitStack() as stack:
        comers = [("10.0.0.1", f"person {number}") for number in range(6)]
        assert sum(opened(streams, stack, *each) for each in comers) == LIMITS.total
