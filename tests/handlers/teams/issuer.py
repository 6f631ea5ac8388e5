"""Stands for Microsoft as issuer of tokens: publishes its keys, and signs what it is asked to."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from handlers.teams.auth import Authority
from tests.browser.serving import served

KEY_ID = "first"
ISSUER = "https://api.botframework.com"


@dataclass
class Issuer:
    address: str
    key: rsa.RSAPrivateKey

    @property
    def authority(self) -> Authority:
        keys = f"{self.address}/keys"
        return Authority(issuer=ISSUER, keys=keys, emulator_keys=keys)

    def token(self, *, key: rsa.RSAPrivateKey | None = None, **claims: object) -> str:
        """Valid for ten minutes, unless the claims say otherwise; a None takes a claim away."""
        now = int(time.time())
        given = {"iss": ISSUER, "nbf": now - 60, "exp": now + 600} | claims
        kept = {name: value for name, value in given.items() if value is not None}
        headers = {"kid": KEY_ID}
        return jwt.encode(kept, key or self.key, algorithm="RS256", headers=headers)


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@contextmanager
def issuing() -> Iterator[Issuer]:
    key = new_key()
    app = web.Application()
    app.router.add_get("/keys", _metadata)
    app.router.add_get("/jwks", _keys(key))
    with served(app) as address:
        yield Issuer(address, key)


async def _metadata(request: web.Request) -> web.Response:
    return web.json_response({"jwks_uri": f"http://{request.host}/jwks"})


def _keys(key: rsa.RSAPrivateKey) -> Any:
    public: dict[str, Any] = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    published = {**public, "kid": KEY_ID, "use": "sig", "endorsements": ["msteams", "webchat"]}

    async def keys(_: web.Request) -> web.Response:
        return web.json_response({"keys": [published]})

    return keys
