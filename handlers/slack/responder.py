"""Tells one person something that concerns only them; every error of the surface ends here."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.conversation.error_reply import error_reply, log_error
from handlers.slack.api_errors import THREAD_GONE, error_code
from handlers.slack.blocks.block_kit import MessageContent, paragraphs
from handlers.slack.mrkdwn import fallback
from handlers.slack.payloads import Json, ReplyTarget
from handlers.slack.response_urls import ResponseUrls


class AnswerPending(Exception):
    """The question is stored and has no answer yet; the desk's sweeper will try again. The cause
    says what went wrong."""


def notice(text: str) -> MessageContent:
    return MessageContent(paragraphs(text), fallback(text))


class Responder:
    def __init__(self, client: AsyncWebClient, response_urls: ResponseUrls) -> None:
        self._client = client
        self.response_urls = response_urls

    async def tell(self, to: ReplyTarget, content: MessageContent) -> None:
        """So that only this person sees it: by the response_url, else as an ephemeral message,
        else in the direct message."""
        message = content.as_json()
        if to.response_url and await self._respond(to, message):
            return
        if to.channel and not to.channel.startswith("D"):
            await self._post_ephemeral(to, message)
        else:
            await self._post(to, message)

    async def report_error(self, error: BaseException, to: ReplyTarget) -> None:
        """A refusal by its own sentence; anything else with a reference to the log."""
        stored = isinstance(error, AnswerPending)
        text = error_reply(error, stored=stored, describe=_describe)
        try:
            await self.tell(to, notice(text))
        except Exception as failure:  # noqa: BLE001 -- the person cannot be told: the log says why
            log_error(failure, _describe)

    async def _respond(self, to: ReplyTarget, message: Json) -> bool:
        private = {"response_type": "ephemeral", "replace_original": False}
        return await self.response_urls.post(to.response_url, message | private | _thread(to))

    async def _post_ephemeral(self, to: ReplyTarget, message: Json) -> None:
        try:
            await self._client.chat_postEphemeral(
                channel=to.channel, user=to.user, **message, **_thread(to)
            )
        except SlackApiError:
            await self._post(ReplyTarget(to.user), message)

    async def _post(self, to: ReplyTarget, message: Json) -> None:
        where: Json = {
            "channel": to.channel or to.user,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            await self._client.chat_postMessage(**where, **message, **_thread(to))
        except SlackApiError as error:
            if not to.thread or error_code(error) != THREAD_GONE:
                raise
            await self._client.chat_postMessage(**where, **message)


class BackgroundTasks:
    """Work that goes on after the acknowledgement to Slack."""

    def __init__(self, responder: Responder) -> None:
        self.responder = responder
        self._running: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, object], to: ReplyTarget) -> None:
        """An error of it is reported to `to`."""
        task = asyncio.create_task(self._run(work, to))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    @property
    def idle(self) -> bool:
        return not self._running

    async def finish(self) -> None:
        while self._running:
            await asyncio.wait(self._running)

    async def _run(self, work: Coroutine[Any, Any, object], to: ReplyTarget) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 -- whatever it is, the person is told
            await self.responder.report_error(error, to)


def _describe(error: BaseException) -> str:
    code = f" {error_code(error)}" if isinstance(error, SlackApiError) else ""
    return f"{type(error).__name__}{code}"


def _thread(to: ReplyTarget) -> Json:
    return {"thread_ts": to.thread} if to.thread else {}
