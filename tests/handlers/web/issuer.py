"""An OpenID Connect issuer that runs in the tests, and lies where it is told to."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import urlencode

from aiohttp import BasicAuth, web
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from joserfc.util import urlsafe_b64encode

from desk.model.clock import Clock

CLIENT = "policy-bot"
SECRET = "the client's secret, of a decent length"  # noqa: S105 -- opens nothing
Lie = Callable[[dict[str, object]], None]


def nothing(_: dict[str, object]) -> None:
    """The truth."""


@dataclass
class FakeIssuer:
    """`lie` changes the claims of each token; `forge` signs with a key that nobody published,
    `shared` with the client's secret; `sends` is sent instead of a token."""

    clock: Clock
    groups: list[str] = field(default_factory=lambda: ["comms-team"])
    name: str = "Jane Smith"
    lie: Lie = nothing
    forge: bool = False
    shared: bool = False
    denies: bool = False
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    url: str = ""
    more_keys: list[object] = field(default_factory=list)
    sends: str | None = None

    def __post_init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
        self._forged = RSAKey.generate_key(2048, {"kid": "one"})

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._discovery)
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        app.router.add_get("/jwks", self._jwks)
        return app

    async def _discovery(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "id_token_signing_alg_values_supported": ["RS256", "HS256"],
            }
        )

    async def _jwks(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [*self.more_keys, self.key.as_dict(private=False)]})

    async def _authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.asked[code] = asked
        answer = {"error": "access_denied"} if self.denies else {"code": code}
        back = urlencode(answer | {"state": asked["state"]})
        raise web.HTTPFound(f"{asked['redirect_uri']}?{back}")

    async def _token(self, request: web.Request) -> web.Response:
        given = await request.post()
        asked = self.asked.pop(str(given["code"]), None)
        login = BasicAuth.decode(request.headers["Authorization"])
        challenge = urlsafe_b64encode(sha256(str(given["code_verifier"]).encode()).digest())
        if asked is None or (login.login, login.password) != (CLIENT, SECRET):
            return web.json_response({"error": "invalid_grant"}, status=400)
        if challenge.decode() != asked["code_challenge"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        token = {"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked)}
        return web.json_response(token)

    def _id_token(self, asked: dict[str, str]) -> str:
        return self._signed(asked) if self.sends is None else self.sends

    def _signed(self, asked: dict[str, str]) -> str:
        now = int(self.clock.now().timestamp())
        claims: dict[str, object] = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "u-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": self.name,
            "groups": self.groups,
        }
        self.lie(claims)
        if self.shared:
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = self._forged if self.forge else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)
