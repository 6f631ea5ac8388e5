"""Who may send to /api/messages: Microsoft for the council's own tenant, with a signed token."""

from typing import Protocol

from aiohttp import web
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry
from yarl import URL

from handlers.loopback import is_direct_loopback, is_loopback_host
from handlers.teams.activity import Activity, Json
from handlers.teams.fetched_value import UnavailableError
from handlers.teams.microsoft import Cloud, Registration
from handlers.teams.signing_keys import SigningKeys

CHANNEL_ID = "msteams"
ALGORITHM = "RS256"
# Microsoft may add names to the header; those that matter are checked here.
HEADERS = JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)
LEEWAY_S = 300  # by which the clocks may differ, as in Microsoft's own libraries
ONLY_TEAMS = "This bot serves Microsoft Teams alone."
ONLY_THIS_TENANT = "This bot serves another tenant."
ONLY_THIS_MACHINE = "During a local trial the bot takes messages of its own machine alone."


class Access(Protocol):
    """Both raise an HTTP error for what is refused."""

    async def authenticate(self, request: web.Request) -> Json:
        """The claims that prove who sends. Looks at the headers alone, before the body is read."""
        ...

    def authorise(self, claims: Json, activity: Activity) -> None: ...


class MicrosoftAccess:
    def __init__(self, registration: Registration, cloud: Cloud) -> None:
        self._registration = registration
        self._keys = SigningKeys(cloud)
        self._claims = JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": cloud.issuer},
            aud={"essential": True, "value": registration.app_id},
            exp={"essential": True},
            serviceurl={"essential": True},
        )

    async def authenticate(self, request: web.Request) -> Json:
        """Raises HTTPUnauthorized, or HTTPServiceUnavailable while Microsoft's keys cannot be
        had: then Teams tries again."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            raise web.HTTPUnauthorized
        try:
            return await self._proven(token)
        except UnavailableError:
            raise web.HTTPServiceUnavailable from None
        except (JoseError, ValueError, TypeError, RecursionError):  # a bad token fails in many ways
            raise web.HTTPUnauthorized from None

    def authorise(self, claims: Json, activity: Activity) -> None:
        if claims.get("serviceurl") != activity.service_url:
            raise web.HTTPUnauthorized
        if activity.channel_id != CHANNEL_ID:
            raise web.HTTPForbidden(text=ONLY_TEAMS)
        if activity.address.tenant != self._registration.tenant:
            raise web.HTTPForbidden(text=ONLY_THIS_TENANT)

    async def _proven(self, token: str) -> Json:
        header = jws.extract_compact(token.encode(), registry=HEADERS).headers()
        key_id = header.get("kid")
        if header.get("alg") != ALGORITHM or not isinstance(key_id, str):
            raise web.HTTPUnauthorized
        signing = await self._keys.find(key_id)
        if signing is None or (signing.endorsements and CHANNEL_ID not in signing.endorsements):
            raise web.HTTPUnauthorized
        claims = jwt.decode(token, signing.key, registry=HEADERS).claims
        self._claims.validate(claims)
        return claims


class LocalTrialAccess:
    """TEAMS_LOCAL_TRIAL: anybody on this machine may be anybody, so nobody else may come."""

    async def authenticate(self, request: web.Request) -> Json:
        if not is_direct_loopback(request):
            raise web.HTTPForbidden(text=ONLY_THIS_MACHINE)
        return {}

    def authorise(self, claims: Json, activity: Activity) -> None:  # noqa: ARG002 -- the Protocol's names
        """The service URL is where answers go."""
        if not is_loopback_host(_host(activity.service_url)):
            raise web.HTTPForbidden(text=ONLY_THIS_MACHINE)


def _host(url: str) -> str:
    try:
        return URL(url).host or ""
    except ValueError:
        return ""
