"""A server in the place of Microsoft, whose tokens the bot checks."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from joserfc import jwt
from joserfc.jwk import RSAKey

from handlers.teams.microsoft import Cloud
from tests.browser.serving import served

KEY_ID = "first"
ISSUER = "https://api.botframework.com"
Json = dict[str, Any]


@dataclass
class Issuer:
    """`published`: the list of keys. `fetched` counts how often it was asked for."""

    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048))
    published: list[Json] = field(default_factory=list)
    fetched: int = 0
    address: str = ""

    def __post_init__(self) -> None:
        self.published.append(public(self.key))

    @property
    def cloud(self) -> Cloud:
        return Cloud(
            issuer=ISSUER,
            keys=f"{self.address}/keys",
            login=self.address,
            token="token-of-the-bot",  # noqa: S106 -- opens nothing
        )

    def token(self, *, key: RSAKey | None = None, key_id: str = KEY_ID, **claims: object) -> str:
        """Valid for ten minutes, unless the claims say otherwise; a None takes a claim away."""
        now = int(time.time())
        given = {"iss": ISSUER, "nbf": now - 60, "exp": now + 600} | claims
        kept = {name: value for name, value in given.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": key_id}, kept, key or self.key)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/keys", self._metadata)
        app.router.add_get("/jwks", self._keys)
        return app

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"http://{request.host}/jwks"})

    async def _keys(self, _: web.Request) -> web.Response:
        self.fetched += 1
        return web.json_response({"keys": self.published})


def public(key: RSAKey, key_id: str = KEY_ID, **other: object) -> Json:
    """As Microsoft publishes it."""
    published: Json = key.as_dict(private=False)
    return published | {"kid": key_id, "use": "sig", "endorsements": ["msteams"]} | other


@contextmanager
def issuing() -> Iterator[Issuer]:
    issuer = Issuer()
    with served(issuer.app()) as issuer.address:
        yield issuer
