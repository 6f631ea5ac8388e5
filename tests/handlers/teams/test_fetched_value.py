"""One value for all requests: fetched once, kept, and missed for a while without asking again."""

import asyncio
from dataclasses import dataclass, field

import pytest

from handlers.teams.fetched_value import RETRY_S, Fetched, FetchedValue, UnavailableError


@dataclass
class Source:
    """`values` are fetched in turn; a None is a failure. `now` is in seconds."""

    values: list[str | None]
    now: float = 0.0
    fetched: int = 0
    value: FetchedValue[str] = field(init=False)

    def __post_init__(self) -> None:
        self.value = FetchedValue(self.fetch, clock=lambda: self.now)

    async def fetch(self) -> Fetched[str]:
        self.fetched += 1
        await asyncio.sleep(0)  # as a request would, it lets others run
        value = self.values.pop(0)
        if value is None:
            raise UnavailableError
        return Fetched(value, fresh_s=100, usable_s=1000)


def test_many_who_ask_at_once_cause_one_request() -> None:
    async def ask() -> None:
        source = Source(["a"])
        assert await asyncio.gather(*(source.value.get() for _ in range(50))) == ["a"] * 50
        assert source.fetched == 1

    asyncio.run(ask())


def test_many_who_ask_in_vain_cause_one_request_too() -> None:
    async def ask() -> None:
        source = Source([None])
        asked = (source.value.get() for _ in range(50))
        failures = await asyncio.gather(*asked, return_exceptions=True)
        assert {type(failure) for failure in failures} == {UnavailableError}
        assert source.fetched == 1

    asyncio.run(ask())


def test_after_a_while_a_failure_is_tried_again() -> None:
    async def ask() -> None:
        source = Source([None, "a"])
        for source.now in (0.0, RETRY_S - 1):
            with pytest.raises(UnavailableError):
                await source.value.get()
        source.now = RETRY_S
        assert await source.value.get() == "a"

    asyncio.run(ask())


def test_an_old_value_is_fetched_anew_and_serves_as_long_as_that_fails() -> None:
    async def ask() -> None:
        source = Source(["a", None, "b", None])
        seen = []
        for source.now in (0.0, 99.0, 100.0, 120.0, 1119.0):
            seen.append(await source.value.get())
        assert (seen, source.fetched) == (["a", "a", "a", "b", "b"], 4)
        source.now = 1120.0
        with pytest.raises(UnavailableError):
            await source.value.get()

    asyncio.run(ask())


def test_a_caller_may_ask_for_a_younger_value() -> None:
    async def ask() -> None:
        source = Source(["a", "b"])
        assert await source.value.get() == "a"
        source.now = 50.0
        assert await source.value.get(max_age_s=60) == "a"
        assert await source.value.get(max_age_s=40) == "b"

    asyncio.run(ask())


def test_a_value_that_was_refused_is_forgotten() -> None:
    async def ask() -> None:
        source = Source(["a", "b"])
        assert await source.value.get() == "a"
        source.value.forget()
        assert await source.value.get() == "b"

    asyncio.run(ask())
