"""OpenID Connect with any issuer: the way to its sign-in page, and what its answer proves."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.httpx_client import (  # type: ignore[import-untyped] # it has no types
    AsyncOAuth2Client,
)
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped] # it has no types
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import Key, KeySet, import_key
from joserfc.jws import JWSRegistry

from desk.model.clock import Clock
from desk.model.errors import SignInRefused
from handlers.loopback import is_loopback_host

SCOPE = "openid profile email"
LEEWAY_S = 60
TIMEOUT_S = 10
DISCOVERY = "/.well-known/openid-configuration"
# Not those of a shared secret, nor "none": anybody who knows the client's secret could sign.
ALGORITHMS = frozenset(
    "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split()
)
NO_PROOF = "The sign-in service's answer could not be trusted, so you are not signed in."
NO_SERVICE = "The sign-in service does not answer. Try again in a few minutes."
# What joserfc raises for tokens and keys that are not well formed.
MALFORMED = (JoseError, ValueError, TypeError, LookupError, RecursionError)

log = logging.getLogger(__name__)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Issuer:
    """`url` is the issuer's name, exactly as its tokens carry it."""

    url: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class LoginSecrets:
    """The secrets of one sign-in that has begun; they stay in the browser that began it."""

    state: str
    nonce: str
    verifier: str


class OpenId:
    def __init__(self, issuer: Issuer, clock: Clock) -> None:
        """Raises SignInRefused for an issuer without HTTPS."""
        url = urlsplit(issuer.url)
        if url.scheme != "https" and not is_loopback_host(url.hostname or ""):
            raise SignInRefused(f"OIDC_ISSUER {issuer.url!r} must begin with https://.", "settings")
        self._issuer = issuer
        self._clock = clock
        self._metadata: Json = {}
        self._keys: KeySet | None = None

    async def authorization_url(self, back_to: str, secrets: LoginSecrets) -> str:
        """The address of the issuer's sign-in page. Raises SignInRefused."""
        metadata = await self._discovered()
        async with self._client(back_to) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=secrets.state,
                nonce=secrets.nonce,
                code_verifier=secrets.verifier,
            )
        return str(address)

    async def claims(self, back_to: str, secrets: LoginSecrets, code: str) -> Json:
        """What the issuer says of the person who comes back with a code. Raises SignInRefused."""
        metadata = await self._discovered()
        async with self._client(back_to) as client:
            try:
                token = await client.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=secrets.verifier,
                )
            except Exception as error:  # the issuer refuses, or breaks, in many ways
                raise SignInRefused(NO_PROOF, "the issuer gave no token") from error
        return await self._proven(token, secrets.nonce)

    async def _proven(self, token: Json, nonce: str) -> Json:
        try:
            decoded = await self._decoded(str(token.get("id_token", "")))
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                options={
                    "iss": {"essential": True, "value": self._issuer.url},
                    "aud": {"essential": True, "value": self._issuer.client_id},
                },
                params={
                    "nonce": nonce,
                    "client_id": self._issuer.client_id,
                    "access_token": token.get("access_token", ""),
                },
            )
            claims.validate(now=int(self._clock.now().timestamp()), leeway=LEEWAY_S)
        except MALFORMED as error:
            raise SignInRefused(NO_PROOF, _why(error)) from error
        return dict(claims)

    async def _decoded(self, id_token: str) -> jwt.Token:
        named = (await self._discovered()).get("id_token_signing_alg_values_supported")
        allowed = ALGORITHMS & set(named) if isinstance(named, list) else {"RS256"}
        registry = JWSRegistry(algorithms=sorted(allowed), strict_check_header=False)
        if self._keys is None:
            self._keys = await self._fetched_keys()
        try:
            return jwt.decode(id_token, self._keys, registry=registry)
        except MALFORMED:
            # The issuer may have changed its keys since; a forged token fails again.
            self._keys = await self._fetched_keys()
            return jwt.decode(id_token, self._keys, registry=registry)

    async def _fetched_keys(self) -> KeySet:
        fetched = await self._fetched(str((await self._discovered())["jwks_uri"]))
        return usable_keys(fetched.get("keys"))

    async def _discovered(self) -> Json:
        if not self._metadata:
            found = await self._fetched(self._issuer.url.rstrip("/") + DISCOVERY)
            if found.get("issuer") != self._issuer.url:
                raise SignInRefused(NO_PROOF, "the discovery document is of another issuer")
            self._metadata = found
        return self._metadata

    async def _fetched(self, address: str) -> Json:
        async with self._client("") as client:
            try:
                response = await client.request("GET", address, withhold_token=True)
                response.raise_for_status()
                found: object = response.json()
            except Exception as error:  # whatever it is, the issuer cannot be reached
                raise SignInRefused(NO_SERVICE, "the issuer does not answer") from error
        if not isinstance(found, dict):
            raise SignInRefused(NO_SERVICE, "the issuer does not answer")
        return found

    def _client(self, back_to: str) -> AsyncOAuth2Client:
        ways = self._metadata.get("token_endpoint_auth_methods_supported")
        only_post = isinstance(ways, list) and "client_secret_basic" not in ways
        return AsyncOAuth2Client(
            self._issuer.client_id,
            self._issuer.client_secret,
            scope=SCOPE,
            redirect_uri=back_to,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post" if only_post else "client_secret_basic",
            timeout=TIMEOUT_S,
        )


def usable_keys(listed: object) -> KeySet:
    """The keys that we can read. Others, say of a new kind, are left out, as RFC 7517 section 5
    has it. Raises SignInRefused where none is left."""
    keys: list[Key] = []
    for each in listed if isinstance(listed, list) else []:
        try:
            keys.append(import_key(each))
        except MALFORMED as error:
            log.info("A key of the issuer cannot be used: %s", type(error).__name__)
    if not keys:
        raise SignInRefused(NO_PROOF, "the issuer has no key that can be used")
    return KeySet(keys)


def _why(error: Exception) -> str:
    """For the audit trail: which claim, never its value."""
    if isinstance(error, ExpiredTokenError):
        return "the token has expired"
    claim = getattr(error, "claim", "")
    return f"the token's {claim} is wrong" if claim else "the token is not the issuer's"
