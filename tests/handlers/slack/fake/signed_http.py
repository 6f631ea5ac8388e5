"""Delivery by signed HTTP requests."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from tests.handlers.slack.fake.delivery import Ack, Delivery, Kind, NotAcked
from tests.handlers.slack.fake.refusal import Json

FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: str) -> str:
    signed = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={signed.hexdigest()}"


def signed(secret: str, body: str, at: float | None = None) -> dict[str, str]:
    """Slack's headers; hostile tests take another secret or time, or leave headers out."""
    timestamp = str(int(time.time() if at is None else at))
    return {
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }


def encoded(delivery: Delivery) -> tuple[str, str]:
    """The body and its content type."""
    match delivery.kind:
        case Kind.EVENT:
            return json.dumps(delivery.payload), "application/json"
        case Kind.INTERACTION:
            return urlencode({"payload": json.dumps(delivery.payload)}), FORM
        case Kind.COMMAND:
            return urlencode(delivery.payload), FORM


@dataclass(frozen=True)
class SignedHttp:
    """`seconds` is how long Slack waits for the acknowledgement."""

    session: aiohttp.ClientSession
    url: str
    secret: str
    seconds: float

    async def send(self, delivery: Delivery) -> Ack:
        body, content_type = encoded(delivery)
        headers = signed(self.secret, body) | {"Content-Type": content_type} | _retry(delivery)
        try:
            async with asyncio.timeout(self.seconds):
                return await self._post(body, headers)
        except TimeoutError:
            raise NotAcked("http_timeout") from None
        except aiohttp.ClientError:
            raise NotAcked("connection_failed") from None

    async def _post(self, body: str, headers: Mapping[str, str]) -> Ack:
        async with self.session.post(self.url, data=body, headers=headers) as answer:
            if answer.status != 200:
                raise NotAcked("http_error")
            return Ack(_understood(await answer.text()))


def _understood(text: str) -> Json:
    try:
        body = json.loads(text or "{}")
    except ValueError:
        body = text
    return body if isinstance(body, dict) else {"text": str(body)}


def _retry(delivery: Delivery) -> dict[str, str]:
    if not delivery.tries:
        return {}
    return {"x-slack-retry-num": str(delivery.tries), "x-slack-retry-reason": delivery.reason}
