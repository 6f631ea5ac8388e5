"""The stream that tells an open page of messages, read as any client reads server-sent events."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, TCPConnector, web

from app.web_application import application
from handlers.web.security.event_streams import DEFAULT_LIMITS
from tests.handlers.web.chat_site import Site, person_of, site, surfaces
from tests.toy_service import Toy, in_folder

ANN = person_of("Ann")
OWN = {"Cookie": "name=Ann"}
TIMEOUT = ClientTimeout(total=20)

Listen = Callable[..., Awaitable[list[int]]]


def play(folder: Path, scene: Callable[[Site, Listen], Awaitable[None]]) -> None:
    async def run(running: Site) -> None:
        async with ClientSession(timeout=TIMEOUT) as client:

            async def listen(numbers: int, path: str = "/events", **headers: str) -> list[int]:
                """So many numbers; the stream is then left."""
                own = OWN | {name.replace("_", "-"): value for name, value in headers.items()}
                heard: list[int] = []
                async with client.get(f"{running.address}{path}", headers=own) as stream:
                    assert stream.content_type == "text/event-stream"
                    while len(heard) < numbers:
                        line = (await stream.content.readline()).decode()
                        heard += [int(line[4:])] if line.startswith("id: ") else []
                return heard

            await scene(running, listen)

    with site(Toy(in_folder(folder))) as running:
        asyncio.run(run(running))


def put(running: Site, *keys: str) -> None:
    for key in keys:
        running.service.desk.inbox.put(ANN, key, "{}")


def test_a_page_hears_of_what_came_since_it_was_made(tmp_path: Path) -> None:
    async def scene(running: Site, listen: Listen) -> None:
        put(running, "a", "b")
        assert await listen(1, "/events?seen=1") == [2]
        assert await listen(1, "/events?seen=nonsense") == [2]

    play(tmp_path, scene)


def test_after_a_reconnection_the_browser_says_what_it_heard_last(tmp_path: Path) -> None:
    async def scene(running: Site, listen: Listen) -> None:
        put(running, "a", "b")
        hearing = asyncio.ensure_future(listen(1, "/events?seen=1", Last_Event_ID="2"))
        put(running, "c")
        assert await hearing == [3]

    play(tmp_path, scene)


def test_messages_of_another_replica_and_of_no_other_person_are_heard(tmp_path: Path) -> None:
    async def scene(running: Site, listen: Listen) -> None:
        put(running, "a")
        replica = running.toy.desk()
        hearing = asyncio.ensure_future(listen(1, Last_Event_ID="1"))
        await asyncio.to_thread(replica.inbox.put, person_of("Bob"), "x", "{}")
        await asyncio.to_thread(replica.inbox.put, ANN, "b", "{}")
        assert await hearing == [2]
        replica.close()

    play(tmp_path, scene)


def test_nobody_holds_any_number_of_streams(tmp_path: Path) -> None:
    async def scene(running: Site, _: Listen) -> None:
        async with ClientSession(timeout=TIMEOUT, connector=TCPConnector(limit=0)) as client:
            streams = [
                await client.get(f"{running.address}/events", headers=OWN)
                for _ in range(DEFAULT_LIMITS.of_person + 1)
            ]
            for stream in streams:
                stream.close()
            assert [stream.status for stream in streams] == [200] * DEFAULT_LIMITS.of_person + [429]

    play(tmp_path, scene)


def test_an_open_stream_does_not_hold_up_the_end_of_the_process(tmp_path: Path) -> None:
    async def run() -> None:
        service = Toy(in_folder(tmp_path)).service()
        runner = web.AppRunner(application(service, surfaces(service)), shutdown_timeout=60)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession(timeout=TIMEOUT) as client:
            events = await client.get(
                f"http://127.0.0.1:{runner.addresses[0][1]}/events", headers=OWN
            )
            async with asyncio.timeout(20):
                await runner.cleanup()
            assert events.status == 200
            events.close()
        service.desk.close()

    asyncio.run(run())
