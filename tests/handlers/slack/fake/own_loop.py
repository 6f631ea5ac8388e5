"""How a loop in a thread of its own ends without leaving anything open."""

import asyncio

from aiohttp import web

TURNS = 10  # a closed connection is gone after its loop has turned twice or thrice more


async def close_down(runner: web.AppRunner) -> None:
    """Also what was being accepted while the runner was closing: it does not look again."""
    server = runner.server
    await runner.cleanup()
    await _turn()
    if server is not None:
        await server.shutdown(0)


async def wind_down() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await _turn()


async def _turn() -> None:
    for _ in range(TURNS):
        await asyncio.sleep(0)
