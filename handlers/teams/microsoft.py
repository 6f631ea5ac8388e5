"""Where Microsoft's services are, and how the bot asks them for JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import ClientError, ClientSession, ClientTimeout, StreamReader

from handlers.teams.activity import Json, mapping
from handlers.teams.fetched_value import UnavailableError
from handlers.teams.service_urls import GLOBAL_URL

LARGEST_ANSWER = 1_000_000  # bytes; Microsoft's list of keys has about 30,000


@dataclass(frozen=True, slots=True)
class Registration:
    """The bot's app registration in the council's own tenant."""

    app_id: str
    password: str = field(repr=False)
    tenant: str


@dataclass(frozen=True, slots=True)
class Cloud:
    """Microsoft's public cloud, unless a test takes its place.

    https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
    names these addresses. `service_url` is for conversations that nobody has written in since
    the start. A `token` given here is shown as it is, and none is fetched. `timeout_s` limits each
    request for keys or a token.
    """

    issuer: str = "https://api.botframework.com"
    keys: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login: str = "https://login.microsoftonline.com"
    scope: str = "https://api.botframework.com/.default"
    service_url: str = GLOBAL_URL
    token: str = field(default="", repr=False)
    timeout_s: float = 5.0


async def fetch_json(url: str, timeout_s: float, form: Mapping[str, str] | None = None) -> Json:
    """The JSON object at the address; a `form` is posted there. Raises UnavailableError."""
    timeout = ClientTimeout(total=timeout_s)
    method = "GET" if form is None else "POST"
    try:
        async with (
            # trust_env: a council's machines may reach the internet through a proxy only.
            ClientSession(timeout=timeout, raise_for_status=True, trust_env=True) as session,
            session.request(method, url, data=form) as response,
        ):
            return mapping(json.loads(await _read(response.content)))
    except (ClientError, OSError, ValueError, RecursionError) as error:
        raise UnavailableError from error


async def _read(content: StreamReader) -> bytes:
    body = bytearray()
    async for chunk in content.iter_any():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise UnavailableError
    return bytes(body)
