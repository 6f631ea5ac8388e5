"""The one place where errors of the Slack surface end: a sentence for the person, with a
reference that stands beside the traceback in the log."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from dataclasses import dataclass
from traceback import format_tb
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from desk.model.errors import DeskError
from handlers.slack.blocks.block_kit import Shown, words
from handlers.slack.mrkdwn import fallback
from knowledge.errors import BadInput

SOMETHING_FAILED = (
    "Something went wrong on my side. Please try again; should it happen again, tell the "
    "communications team this reference: {reference}."
)
STILL_TRYING = (
    "Something went wrong on my side (reference {reference}). Your question is not lost: I try "
    "again in a few minutes."
)

log = logging.getLogger(__name__)

# Slack's own JSON, as it came in.
Json = dict[str, Any]


class AnswerPending(Exception):
    """Whatever went wrong, the question was accepted before, and the desk's sweeper will find
    it; the cause says what it was."""


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where one person is told something that concerns only them. Parts may be empty."""

    user: str
    channel: str = ""
    thread: str = ""
    response_url: str = ""


def reply_target(body: Json) -> ReplyTarget:
    """Of whatever Slack delivered."""
    if "event" in body:
        return _of_event(body["event"])
    container = body.get("container", {})
    message = body.get("message", {})
    return ReplyTarget(
        user=body.get("user_id") or body.get("user", {}).get("id", ""),
        channel=body.get("channel_id") or (body.get("channel") or {}).get("id", ""),
        thread=container.get("thread_ts") or message.get("thread_ts", ""),
        response_url=body.get("response_url", ""),
    )


def said(text: str) -> Shown:
    return Shown(words(text), fallback(text))


class Responder:
    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def tell(self, to: ReplyTarget, shown: Shown) -> None:
        content: Json = {"text": shown.text, "blocks": list(shown.blocks)}
        if to.response_url:
            await self._respond(to, content)
        elif to.channel and not to.channel.startswith("D"):
            await self._whisper(to, content)
        else:
            await self._write(to, content)

    async def mishap(self, error: BaseException, to: ReplyTarget) -> None:
        if isinstance(error, DeskError | BadInput):
            text = str(error)
        else:
            reference = secrets.token_hex(3).upper()
            log.error("Slack mishap %s: %s", reference, _without_words(error))
            sentence = STILL_TRYING if isinstance(error, AnswerPending) else SOMETHING_FAILED
            text = sentence.format(reference=reference)
        try:
            await self.tell(to, said(text))
        except Exception as untold:  # noqa: BLE001 -- the person cannot be told: the log says why
            log.error("Slack did not take a sentence for somebody: %s", _without_words(untold))  # noqa: TRY400

    async def _respond(self, to: ReplyTarget, content: Json) -> None:
        private = {"response_type": "ephemeral", "replace_original": False}
        webhook = AsyncWebhookClient(to.response_url)
        answer = await webhook.send_dict({**content, **private, **_thread(to)})
        if answer.status_code != 200:
            await self.tell(ReplyTarget(to.user, to.channel, to.thread), Shown(**content))

    async def _whisper(self, to: ReplyTarget, content: Json) -> None:
        try:
            await self._client.chat_postEphemeral(
                channel=to.channel, user=to.user, **content, **_thread(to)
            )
        except SlackApiError:
            await self._write(ReplyTarget(to.user), content)

    async def _write(self, to: ReplyTarget, content: Json) -> None:
        where: Json = {
            "channel": to.channel or to.user,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        try:
            await self._client.chat_postMessage(**where, **content, **_thread(to))
        except SlackApiError as error:
            if not to.thread or error.response["error"] != "thread_not_found":
                raise
            await self._client.chat_postMessage(**where, **content)


class BackgroundTasks:
    """What goes on after Slack was told that its event has arrived."""

    def __init__(self, teller: Responder) -> None:
        self.teller = teller
        self._going_on: set[asyncio.Task[None]] = set()

    def start(self, deed: Coroutine[Any, Any, object], to: ReplyTarget) -> None:
        task = asyncio.create_task(self._do(deed, to))
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)

    @property
    def idle(self) -> bool:
        return not self._going_on

    async def finish(self) -> None:
        while self._going_on:
            await asyncio.wait(self._going_on)

    async def _do(self, deed: Coroutine[Any, Any, object], to: ReplyTarget) -> None:
        try:
            await deed
        except Exception as error:  # noqa: BLE001 -- whatever it is, its person is told
            await self.teller.mishap(error, to)


def _without_words(error: BaseException | None) -> str:
    """The traceback with its causes, but not what they say: that may be somebody's question."""
    told = ""
    while error is not None:
        slack = f" {error.response['error']}" if isinstance(error, SlackApiError) else ""
        told += f"{type(error).__name__}{slack}\n{''.join(format_tb(error.__traceback__))}"
        error = error.__cause__
    return told


def _thread(to: ReplyTarget) -> Json:
    return {"thread_ts": to.thread} if to.thread else {}


def _of_event(event: Json) -> ReplyTarget:
    message = event.get("previous_message") or event.get("message") or event
    return ReplyTarget(
        user=message.get("user", ""),
        channel=event.get("channel", ""),
        thread=message.get("thread_ts") or message.get("ts", ""),
    )
