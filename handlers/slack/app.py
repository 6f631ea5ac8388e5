"""The Slack surface inside the one web application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncRateLimitErrorRetryHandler,
    async_default_handlers,
)
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from desk.model.messages import Messenger
from handlers.conversation.services import Services
from handlers.slack.api_errors import is_temporary
from handlers.slack.connection import BotIdentity, bot_identity, check_app_token, keep_trying
from handlers.slack.context import SlackContext
from handlers.slack.listeners.registration import register
from handlers.slack.messenger import SlackMessenger
from handlers.slack.request_verification import verified_body
from handlers.slack.responder import BackgroundTasks, Responder
from handlers.slack.response_urls import ResponseUrls
from handlers.slack.slack_api import TIMEOUT_S, SlackApi
from handlers.slack.users import Groups, Users, WorkspaceConfig

EVENTS = "/slack/events"
START_SECONDS = 10  # how long the start of the process may wait for Slack

log = logging.getLogger(__name__)


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
    def __init__(self, service: Services, installation: Installation) -> None:
        self._service = service
        self._installation = installation
        self._bolt: AsyncApp | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._background: BackgroundTasks | None = None
        self._connecting: set[asyncio.Task[None]] = set()
        self._api = SlackApi()
        messenger = SlackMessenger(self._api, service.desk.hours, service.clock, service.pages)
        self.messengers: Sequence[Messenger] = (messenger,)

    def register(self, app: web.Application) -> None:
        app.cleanup_ctx.append(self._run)
        if not self._installation.app_token:
            app.router.add_post(EVENTS, self._handle)

    @property
    def idle(self) -> bool:
        """Whether everything that was acknowledged to Slack is done."""
        return self._background is None or self._background.idle

    @property
    def connected(self) -> bool:
        """Whether Slack was reached, so that the bot knows its own identity there."""
        return self._bolt is not None

    async def _handle(self, request: web.Request) -> web.Response:
        verifier = SignatureVerifier(self._installation.signing_secret)
        body = await verified_body(request, verifier)
        if self._bolt is None:  # Slack tries again
            raise web.HTTPServiceUnavailable
        try:
            asked = AsyncBoltRequest(body=body, headers=dict(request.headers))
        except (ValueError, RecursionError, AttributeError):
            raise web.HTTPBadRequest from None
        return await to_aiohttp_response(await self._bolt.async_dispatch(asked))

    async def _run(self, _: web.Application) -> AsyncIterator[None]:
        """Raises BadInput for a refused token. Where Slack cannot be reached the application
        starts all the same, and goes on trying."""
        # The client obeys the time limit of a session that it is given, not its own.
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            client = self._client(session, AsyncRateLimitErrorRetryHandler(max_retry_count=1))
            self._api.open(self._client(session))
            urls = ResponseUrls(session, self._installation.api_url, client.proxy)
            self._background = BackgroundTasks(Responder(client, urls))
            await self._first_connection(client, self._background)
            yield
            await self._disconnect()
            await self._background.finish()

    async def _first_connection(self, client: AsyncWebClient, background: BackgroundTasks) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                await self._connect(client, background)
        except Exception as error:
            if not is_temporary(error):
                raise
            log.warning("Slack cannot be reached (%s); I keep trying.", type(error).__name__)
            self._in_background(keep_trying(lambda: self._connect(client, background)))

    async def _connect(self, client: AsyncWebClient, background: BackgroundTasks) -> None:
        app_token = self._installation.app_token
        identity = await bot_identity(client)
        if app_token:
            await check_app_token(client, app_token)
        self._bolt = self._bolt_app(client, background, identity)
        if app_token:
            self._socket = AsyncSocketModeHandler(self._bolt, app_token)
            self._in_background(self._socket.connect_async())

    async def _disconnect(self) -> None:
        for task in tuple(self._connecting):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._socket is not None:
            await self._socket.close_async()

    def _bolt_app(
        self, client: AsyncWebClient, background: BackgroundTasks, identity: BotIdentity
    ) -> AsyncApp:
        installation, desk = self._installation, self._service.desk
        channel = installation.comms_channel
        bolt = AsyncApp(
            client=client,
            authorize=_authorize(identity, installation.bot_token),
            # The signature is verified before Bolt sees a request.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            process_before_response=True,
            logger=_bolt_log(),
        )
        workspace = WorkspaceConfig(identity.team_id, identity.url, installation.groups, channel)
        users = Users(client, desk, workspace)
        context = SlackContext(
            service=self._service,
            client=client,
            users=users,
            background=background,
            bot_user=identity.user_id,
            comms_channel=channel,
            answer_guests=installation.answer_guests,
        )
        register(bolt, context, identity)
        return bolt

    def _client(
        self, session: aiohttp.ClientSession, *retries: AsyncRetryHandler
    ) -> AsyncWebClient:
        """With `retries` it also tries again where the connection breaks."""
        installation = self._installation
        return AsyncWebClient(
            installation.bot_token,
            installation.api_url,
            timeout=TIMEOUT_S,
            session=session,
            retry_handlers=[*async_default_handlers(), *retries] if retries else [],
        )

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)


def _authorize(identity: BotIdentity, token: str) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Bolt's own way would ask Slack again at the first event, which may be down by then."""
    found = AuthorizeResult(
        enterprise_id=identity.enterprise_id or None,
        team_id=identity.team_id,
        bot_user_id=identity.user_id,
        bot_id=identity.bot_id,
        bot_token=token,
    )

    async def authorize() -> AuthorizeResult:
        return found

    return authorize


def _bolt_log() -> logging.Logger:
    """Bolt warns that `authorize` takes the place of a token, which is what is wanted."""
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.setLevel(logging.ERROR)
    return bolt_log
