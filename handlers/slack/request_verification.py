"""Slack's signature is checked before anything else reads what a request says.

docs.slack.dev/authentication/verifying-requests-from-slack. No header but the two of Slack's
decides anything here: those that a proxy adds (X-Forwarded-For, ...) are not looked at.
"""

import asyncio
import re
import time

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
# Slack's largest are forms of about 250,000 bytes, of which URL encoding makes three times that.
LARGEST_BODY = 1024 * 1024
BODY_SECONDS = 10
SIGNED_WITHIN_S = 5 * 60

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


async def verified_body(request: web.Request, verifier: SignatureVerifier) -> str:
    """What Slack sent. Raises an HTTP error, before reading the body where the headers tell."""
    timestamp = request.headers.get(TIMESTAMP, "")
    signature = request.headers.get(SIGNATURE, "")
    if not _is_recent(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise web.HTTPUnauthorized
    body = await _read(request)
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise web.HTTPUnauthorized from None
    if not verifier.is_valid(text, timestamp, signature):
        raise web.HTTPUnauthorized
    return text


def _is_recent(timestamp: str) -> bool:
    if not _TIMESTAMP.fullmatch(timestamp):
        return False
    return abs(time.time() - int(timestamp)) <= SIGNED_WITHIN_S


async def _read(request: web.Request) -> bytes:
    """At most LARGEST_BODY bytes, also of a body that does not say how long it is: aiohttp reads
    no more than the application's `client_max_size`. A middleware may have read them before."""
    if (request.content_length or 0) > LARGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, request.content_length or 0)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    if len(body) > LARGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(LARGEST_BODY, len(body))
    return body
