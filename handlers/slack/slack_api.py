"""Calls Slack's Web API from worker threads, over connections that the application keeps open."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from desk.model.errors import DeliveryFailed

TIMEOUT_S = 20
LONGEST_CALL_S = 2 * TIMEOUT_S  # the session ends a call earlier, unless the loop itself is held up

Call = Callable[[AsyncWebClient], Awaitable[AsyncSlackResponse]]


class NotConnectedError(DeliveryFailed):
    """The application has not started."""


class SlackApi:
    """The SDK's own client for threads makes a new connection for each call."""

    def __init__(self) -> None:
        self._client: AsyncWebClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def open(self, client: AsyncWebClient) -> None:
        """From now on calls are made by `client`, on the loop that runs now. It must not retry by
        itself: after a lost answer it would send a message twice."""
        self._client, self._loop = client, asyncio.get_running_loop()

    def call(self, call: Call) -> AsyncSlackResponse:
        """Have the client make a call; not from the loop's own thread.

        Raises NotConnectedError, or what the call raises.
        """
        if self._client is None or self._loop is None:
            raise NotConnectedError("The application has not started.")
        calling = asyncio.run_coroutine_threadsafe(_made(call, self._client), self._loop)
        try:
            return calling.result(LONGEST_CALL_S)
        except TimeoutError:
            calling.cancel()
            raise


async def _made(call: Call, client: AsyncWebClient) -> AsyncSlackResponse:
    return await call(client)
