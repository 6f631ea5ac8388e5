"""Sends messages to Teams, and changes those that were sent, by Microsoft's Connector API.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from aiohttp import ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from desk.model.clock import Clock
from desk.model.errors import DeliveryFailed, RetryAfter, Undeliverable
from handlers.teams.access import CHANNEL_ID
from handlers.teams.activity import Json, mapping, string
from handlers.teams.address import POST, Address, Place
from handlers.teams.bot_token import BotToken
from handlers.teams.fetched_value import UnavailableError
from handlers.teams.service_urls import ServiceUrls

TIMEOUT_S = 30.0
LONGEST_WAIT_S = 3600.0
UNAUTHORIZED = 401
FORBIDDEN = 403
GONE = 404
CONVERSATIONS = "v3/conversations"
BUSY = (
    412,
    429,
)  # https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit


class RefusedError(DeliveryFailed):
    """Teams refused, without naming a time. At 502 and 504 it may have taken the message."""

    def __init__(self, status: int) -> None:
        super().__init__(f"Teams answers with status {status}.")


class NotConnectedError(DeliveryFailed):
    """Teams, or Microsoft's sign-in, cannot be reached."""


class Connection:
    """Raises RetryAfter where Teams says when to try again, and Undeliverable where it will never
    take the message. Any other error may pass: the outbox waits longer after each.

    `open` makes the HTTP session; everything else happens on the loop that called it.
    """

    def __init__(self, token: BotToken, urls: ServiceUrls, clock: Clock) -> None:
        self._token = token
        self._urls = urls
        self._clock = clock
        self._session: ClientSession | None = None

    def open(self) -> None:
        # trust_env: a council's machines may reach the internet through a proxy only.
        self._session = ClientSession(timeout=ClientTimeout(total=TIMEOUT_S), trust_env=True)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def post(self, address: Address, message: Json) -> str:
        """The id of the new message. A channel itself takes none: see `begin`."""
        path = _activities(address.conversation)
        made = await self._send("POST", address, path, _addressed(address, message))
        return string(made.get("id"))

    async def begin(self, address: Address, message: Json) -> str:
        """The id of a new post in a channel."""
        made = await self._send(
            "POST",
            address,
            CONVERSATIONS,
            {
                "isGroup": True,
                "channelData": {"channel": {"id": address.channel}},
                "bot": {"id": address.bot},
                "tenantId": address.tenant,
                "activity": message,
            },
        )
        return string(made.get("activityId")) or string(made.get("id")).partition(POST)[2]

    async def direct_chat(self, address: Address) -> Address:
        """The chat of the bot with `address.asker`, where there may have been none before. Raises
        Undeliverable where the bot may not write to them."""
        body = {
            "isGroup": False,
            "bot": {"id": address.bot},
            "members": [{"id": address.asker}],
            "tenantId": address.tenant,
            "channelData": {"tenant": {"id": address.tenant}},
        }
        made = await self._send("POST", address, CONVERSATIONS, body)
        chat = Address(string(made.get("id")), Place.PERSONAL, address.tenant, address.bot)
        self._urls.remember(chat, self._urls.of(address))
        return chat

    async def update(self, address: Address, activity_id: str, message: Json) -> None:
        """Raises Undeliverable also where only the message is not there any more."""
        path = f"{_activities(address.conversation)}/{quote(activity_id, safe='')}"
        await self._send("PUT", address, path, _addressed(address, message))

    async def _send(self, method: str, address: Address, path: str, body: Json) -> Json:
        if self._session is None:
            raise NotConnectedError("The application has not started.")
        url = URL(f"{self._urls.of(address).rstrip('/')}/{path}", encoded=True)
        try:
            headers = await self._token.headers()
        except UnavailableError:
            raise NotConnectedError("Microsoft gives the bot no token.") from None
        async with self._session.request(method, url, json=body, headers=headers) as response:
            if response.status >= 400:
                raise self._refusal(response)
            return mapping(await response.json(content_type=None))

    def _refusal(self, response: ClientResponse) -> DeliveryFailed:
        status = response.status
        if status == UNAUTHORIZED:
            self._token.refused()
        if status in (FORBIDDEN, GONE):
            return Undeliverable(f"Teams answers with status {status}.")
        wait = retry_after_s(response.headers.get("Retry-After", ""), self._clock.now())
        return RefusedError(status) if wait is None or status not in BUSY else RetryAfter(wait)


def retry_after_s(header: str, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, given as seconds or as a date (RFC 9110);
    None where it says neither."""
    if header.isdecimal():
        return min(float(header), LONGEST_WAIT_S)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    return min(
        max((at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds(), 0.0), LONGEST_WAIT_S
    )


def thread_of(address: Address, post: str) -> Address:
    return replace(address, conversation=f"{address.channel}{POST}{post}")


def _activities(conversation: str) -> str:
    return f"{CONVERSATIONS}/{quote(conversation, safe='')}/activities"


def _addressed(address: Address, message: Json) -> Json:
    return {
        **message,
        "channelId": CHANNEL_ID,
        "conversation": {"id": address.conversation},
        "from": {"id": address.bot},
    }
