"""Sends and updates messages on Teams through botbuilder, outside any turn."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.schema import (
    Activity,
    ChannelAccount,
    ConversationAccount,
    ConversationParameters,
    ConversationReference,
)
from botframework.connector.aio import ConnectorClient
from msrest.exceptions import HttpOperationError

from desk.errors import RetryAfter, Undeliverable
from handlers.teams_address import POST, Address

# For who has not been heard from since the start: https://learn.microsoft.com/en-us/microsoftteams/
# platform/bots/how-to/conversations/send-proactive-messages names it for this.
GLOBAL_URL = "https://smba.trafficmanager.net/teams/"
CHANNEL_ID = "msteams"
REMEMBERED = 10_000
TIMEOUT_S = 30
PATIENCE_S = 2.0
GONE = 404
REFUSED = (403, GONE)
BUSY = (412, 429)


class MessageGone(Exception):
    """What was to be updated is not there any more."""


class ServiceUrls:
    """Where each conversation was last heard from. Without a `default` (an unregistered bot,
    which only the Agents Playground reaches, at another port after each start) the last URL of
    all serves every conversation, and before the first one must wait."""

    def __init__(self, default: str = GLOBAL_URL) -> None:
        self._default = default
        self._last = ""
        self._heard: OrderedDict[str, str] = OrderedDict()

    def hear(self, conversation: str, url: str) -> None:
        place = conversation.partition(POST)[0]
        self._last = url
        self._heard[place] = url
        self._heard.move_to_end(place)
        if len(self._heard) > REMEMBERED:
            self._heard.popitem(last=False)

    def of(self, address: Address) -> str:
        """Raises RetryAfter where nobody has been heard from yet."""
        if self._default:
            return self._heard.get(address.channel, self._default)
        if not self._last:
            raise RetryAfter(PATIENCE_S)
        return self._last


class Connection:
    """Raises RetryAfter and Undeliverable when Teams surely took nothing."""

    def __init__(self, adapter: BotAdapter, app_id: str, urls: ServiceUrls) -> None:
        self._adapter = adapter
        self._app_id = app_id
        self._urls = urls

    async def post(self, address: Address, message: Activity) -> str:
        """Return the message's id. In a channel itself this is not possible: see `begin`."""

        async def send(turn: TurnContext) -> str:
            sent = await turn.send_activity(message)
            return str(sent.id) if sent else ""

        return await self._within(address, send)

    async def begin(self, address: Address, message: Activity) -> str:
        """A new post in a channel; its id."""
        parameters = ConversationParameters(
            is_group=True,
            channel_data={"channel": {"id": address.channel}},
            activity=message,
            tenant_id=address.tenant,
        )

        async def create(turn: TurnContext) -> str:
            made = await _client(self._adapter, turn).conversations.create_conversation(parameters)
            return str(made.activity_id or made.id.partition(POST)[2])

        return await self._within(address, create)

    async def update(self, address: Address, activity_id: str, message: Activity) -> None:
        """Raises MessageGone."""

        async def change(turn: TurnContext) -> str:
            message.id = activity_id
            await turn.update_activity(message)
            return activity_id

        try:
            await self._within(address, change)
        except Undeliverable as refused:
            if _status(refused.__cause__) == GONE:
                raise MessageGone from refused
            raise

    async def _within(self, address: Address, do: Callable[[TurnContext], Awaitable[str]]) -> str:
        done: list[str] = []

        async def turn(context: TurnContext) -> None:
            _once_only(_client(self._adapter, context))
            done.append(await do(context))

        reference = self._reference(address)
        try:
            await self._adapter.continue_conversation(reference, turn, self._app_id)
        except HttpOperationError as error:
            raise _meaning(error) from error
        return done[0]

    def _reference(self, address: Address) -> ConversationReference:
        conversation = ConversationAccount(id=address.conversation, tenant_id=address.tenant)
        return ConversationReference(
            channel_id=CHANNEL_ID,
            service_url=self._urls.of(address),
            conversation=conversation,
            bot=ChannelAccount(id=address.bot),
        )


def thread_of(address: Address, post: str) -> Address:
    return replace(address, conversation=f"{address.channel}{POST}{post}")


def _client(adapter: BotAdapter, turn: TurnContext) -> ConnectorClient:
    return turn.turn_state[adapter.BOT_CONNECTOR_CLIENT_KEY]


def _once_only(client: ConnectorClient) -> None:
    """The outbox tries again; the client's own retries would hold up a worker."""
    client.config.retry_policy.retries = 0
    client.config.retry_policy.policy.status_forcelist = ()
    client.config.connection.timeout = TIMEOUT_S


def _meaning(error: HttpOperationError) -> Exception:
    """502 and 504 come from before and after Teams took the message, so they stay in doubt."""
    status = _status(error)
    if status in BUSY:
        return RetryAfter(_patience(error))
    if status in REFUSED:
        return Undeliverable(f"Teams refuses with status {status}.")
    return ConnectionError(f"Teams answers with status {status}.")


def _status(error: BaseException | None) -> int:
    return int(error.response.status_code) if isinstance(error, HttpOperationError) else 0


def _patience(error: HttpOperationError) -> float:
    try:
        return max(float(error.response.headers.get("Retry-After", PATIENCE_S)), 0.0)
    except ValueError:  # a date, which Teams has not been seen to send
        return PATIENCE_S
