"""The Slack surface inside the one web application."""

import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from desk.model.messages import Messenger
from handlers.conversation.services import Services
from handlers.slack.errors import BackgroundTasks, Responder
from handlers.slack.listeners.registration import register
from handlers.slack.messenger import PATIENCE_S, SlackMessenger
from handlers.slack.questions import Asking
from handlers.slack.users import Groups, People, WorkspaceConfig
from knowledge.errors import BadInput

EVENTS = "/slack/events"
REFUSED = "Slack refuses {setting}: it says {error}."


@dataclass(frozen=True, slots=True)
class Installation:
    """The app as it is installed. With `app_token` Slack is reached in Socket Mode; without, it
    sends to EVENTS, signed. `answer_guests`: people from outside are answered too."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    api_url: str
    comms_channel: str
    groups: Groups
    answer_guests: bool


class SlackSurface:
    def __init__(self, service: Services, installed: Installation) -> None:
        self._service = service
        self._installed = installed
        self._bolt: AsyncApp | None = None
        self._work: BackgroundTasks | None = None
        # Given no context the client reads all certificates again for each message.
        sending = WebClient(
            installed.bot_token,
            installed.api_url,
            timeout=PATIENCE_S,
            ssl=ssl.create_default_context(),
            retry_handlers=[],
        )
        messenger = SlackMessenger(sending, service.desk.hours, service.clock, service.pages)
        self.messengers: Sequence[Messenger] = (messenger,)

    def register(self, app: web.Application) -> None:
        app.cleanup_ctx.append(self._running)
        if not self._installed.app_token:
            app.router.add_post(EVENTS, self._handle)

    @property
    def idle(self) -> bool:
        """Whether all that Slack was told has arrived is done."""
        return self._work is None or self._work.idle

    async def _handle(self, request: web.Request) -> web.Response:
        if self._bolt is None:
            raise web.HTTPServiceUnavailable
        asked = await to_bolt_request(request)
        return await to_aiohttp_response(await self._bolt.async_dispatch(asked))

    async def _running(self, _: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as session:
            client = self._client(session)
            self._work = work = BackgroundTasks(Responder(client))
            self._bolt = await self._listening(client, work)
            async with self._connected(self._bolt):
                yield
            await work.finish()

    async def _listening(self, client: AsyncWebClient, work: BackgroundTasks) -> AsyncApp:
        installed, desk = self._installed, self._service.desk
        channel = installed.comms_channel
        bolt = AsyncApp(
            client=client,
            signing_secret=installed.signing_secret,
            process_before_response=True,
            logger=_bolts_log(),
        )
        itself = await _itself(client)
        people = People(client, desk, WorkspaceConfig(itself["team_id"], installed.groups, channel))
        asking = Asking(self._service, client, people, work, installed.answer_guests)
        register(bolt, asking, channel, itself["user_id"])
        return bolt

    @asynccontextmanager
    async def _connected(self, bolt: AsyncApp) -> AsyncIterator[None]:
        if not self._installed.app_token:
            yield
            return
        await self._check_app_token(bolt.client)
        handler = AsyncSocketModeHandler(bolt, self._installed.app_token)
        await handler.connect_async()
        yield
        await handler.close_async()

    async def _check_app_token(self, client: AsyncWebClient) -> None:
        """Connecting with a refused token would be tried again for ever."""
        try:
            await client.apps_connections_open(app_token=self._installed.app_token)
        except SlackApiError as error:
            said = error.response["error"]
            raise BadInput(REFUSED.format(setting="SLACK_APP_TOKEN", error=said)) from None

    def _client(self, session: aiohttp.ClientSession) -> AsyncWebClient:
        installed = self._installed
        client = AsyncWebClient(
            installed.bot_token, installed.api_url, timeout=PATIENCE_S, session=session
        )
        client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
        return client


def _bolts_log() -> logging.Logger:
    """Bolt warns that it needs no token from the environment, where the settings come from."""
    log = logging.getLogger("slack_bolt")
    log.setLevel(logging.ERROR)
    return log


async def _itself(client: AsyncWebClient) -> AsyncSlackResponse:
    """As whom the bot is known, and where."""
    try:
        return await client.auth_test()
    except SlackApiError as error:
        said = error.response["error"]
        raise BadInput(REFUSED.format(setting="SLACK_BOT_TOKEN", error=said)) from None
