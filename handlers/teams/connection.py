"""Sends and updates messages on Teams by Microsoft's Connector API, outside any turn."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from botbuilder.schema import (
    Activity,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
)
from botframework.connector import AsyncBfPipeline, BotFrameworkConnectorConfiguration
from botframework.connector.aio import ConnectorClient
from msrest.authentication import Authentication
from msrest.pipeline import Request, Response
from msrest.pipeline.async_requests import AsyncPipelineRequestsHTTPSender
from msrest.universal_http.async_requests import AsyncRequestsHTTPSender
from msrest.universal_http.requests import RequestHTTPSenderConfiguration

from desk.model.errors import RetryAfter, Undeliverable
from handlers.teams.address import POST, Address
from handlers.teams.service_urls import PATIENCE_S, ServiceUrls

CHANNEL_ID = "msteams"
T = TypeVar("T")
TIMEOUT_S = 30
GONE = 404
REFUSED = (403, GONE)
BUSY = (412, 429)


class MessageGoneError(Exception):
    """What was to be updated is not there any more."""


class RefusedError(Exception):
    """`seconds` is how long Teams asks to wait, or what is polite."""

    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(f"Teams answers with status {status}.")
        self.status = status
        self.seconds = seconds


class Sender(AsyncPipelineRequestsHTTPSender):
    """Without it msrest stumbles over a gateway's page before anybody has seen its status. The
    client's own retries would hold up a worker: the outbox tries again."""

    def __init__(self) -> None:
        configuration = RequestHTTPSenderConfiguration()
        configuration.retry_policy.retries = 0
        configuration.retry_policy.policy.status_forcelist = ()
        configuration.connection.timeout = TIMEOUT_S
        super().__init__(AsyncRequestsHTTPSender(configuration))

    async def send(self, request: Request[Any], **more: object) -> Response[Any, Any]:
        response: Response[Any, Any] = await super().send(request, **more)
        status = response.http_response.status_code
        if status >= 400:
            raise RefusedError(status, _patience(response.http_response.headers))
        return response


class Connection:
    """Raises RetryAfter and Undeliverable when Teams surely took nothing."""

    def __init__(self, credentials: Authentication, urls: ServiceUrls) -> None:
        self._credentials = credentials
        self._urls = urls
        self._clients: dict[str, ConnectorClient] = {}

    async def post(self, address: Address, message: Activity) -> str:
        """Return the message's id. In a channel itself this is not possible: see `begin`."""
        client = await self._client(address)
        sent = _addressed(address, message)
        sending = client.conversations.send_to_conversation(address.conversation, sent)
        return str((await _told(sending)).id)

    async def begin(self, address: Address, message: Activity) -> str:
        """A new post in a channel; its id."""
        parameters = ConversationParameters(
            is_group=True,
            channel_data={"channel": {"id": address.channel}},
            bot=ChannelAccount(id=address.bot),
            activity=message,
            tenant_id=address.tenant,
        )
        client = await self._client(address)
        made = await _told(client.conversations.create_conversation(parameters))
        return str(made.activity_id or made.id.partition(POST)[2])

    async def update(self, address: Address, activity_id: str, message: Activity) -> None:
        """Raises MessageGoneError."""
        client = await self._client(address)
        update = client.conversations.update_activity
        try:
            await _told(update(address.conversation, activity_id, _addressed(address, message)))
        except Undeliverable as refused:
            if isinstance(refused.__cause__, RefusedError) and refused.__cause__.status == GONE:
                raise MessageGoneError from refused
            raise

    async def _client(self, address: Address) -> ConnectorClient:
        # Now and then this fetches a token, and holds up whoever calls it.
        await asyncio.to_thread(self._credentials.signed_session)
        url = self._urls.of(address)
        if url not in self._clients:
            self._clients[url] = _client(self._credentials, url)
        return self._clients[url]


def thread_of(address: Address, post: str) -> Address:
    return replace(address, conversation=f"{address.channel}{POST}{post}")


def _addressed(address: Address, message: Activity) -> Activity:
    message.channel_id = CHANNEL_ID
    message.conversation = ConversationAccount(id=address.conversation)
    message.from_property = ChannelAccount(id=address.bot)
    return message


def _client(credentials: Authentication, url: str) -> ConnectorClient:
    configuration = BotFrameworkConnectorConfiguration(
        credentials, url, pipeline_type=AsyncBfPipeline, sender=Sender()
    )
    return ConnectorClient(credentials, custom_configuration=configuration)


async def _told(sending: Awaitable[T]) -> T:
    """502 and 504 come from before and after Teams took the message, so they stay in doubt."""
    try:
        return await sending
    except RefusedError as refused:
        if refused.status in BUSY:
            raise RetryAfter(refused.seconds) from refused
        if refused.status in REFUSED:
            raise Undeliverable(str(refused)) from refused
        raise


def _patience(headers: Mapping[str, str]) -> float:
    try:
        return max(float(headers.get("Retry-After", PATIENCE_S)), 0.0)
    except ValueError:  # a date, which Teams has not been seen to send
        return PATIENCE_S
