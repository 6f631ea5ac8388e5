"""Who may speak to /api/messages: Microsoft, for the council's own tenant, with a signed token."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConfiguration,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from msrest.authentication import Authentication, BasicTokenAuthentication
from yarl import URL

from handlers.teams.connection import CHANNEL_ID
from handlers.teams.senders import tenant_of
from handlers.teams.service_urls import GLOBAL_URL

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Registration:
    """Of the app in the council's tenant; without an id the bot is open to its own machine."""

    app_id: str = ""
    password: str = field(default="", repr=False)
    tenant: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who issues the tokens, as Microsoft documents it for the public cloud."""

    issuer: str = "https://api.botframework.com"
    keys: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    login: str = "https://login.microsoftonline.com/"
    scope: str = "https://api.botframework.com"
    emulator_keys: str = (
        "https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration"
    )


@dataclass(frozen=True, slots=True)
class Cloud:
    """Microsoft's, unless a test stands in for it. `service_url` is for whom nobody heard from
    yet; a `token` given here is shown as it is, and none is fetched."""

    authority: Authority = Authority()
    service_url: str = GLOBAL_URL
    token: str = ""


class Credentials(PasswordServiceClientCredentialFactory):  # type: ignore[misc] # botbuilder has no types
    """botbuilder makes new credentials for each message, and each would fetch its own token."""

    def __init__(self, registration: Registration, cloud: Cloud) -> None:
        super().__init__(registration.app_id, registration.password, registration.tenant)
        self.shown = _credentials(registration, cloud)

    async def create_credentials(self, *_: object, **__: object) -> Authentication:
        return self.shown


def _credentials(registration: Registration, cloud: Cloud) -> Authentication:
    """An empty id gives credentials that show no token."""
    if cloud.token:
        return BasicTokenAuthentication({"access_token": cloud.token})
    own: Authentication = MicrosoftAppCredentials(
        registration.app_id,
        registration.password,
        channel_auth_tenant=registration.tenant,
        oauth_scope=cloud.authority.scope,
    )
    return own


def authentication(credentials: Credentials, authority: Authority) -> BotFrameworkAuthentication:
    return BotFrameworkAuthenticationFactory.create(
        validate_authority=True,
        to_channel_from_bot_login_url=authority.login,
        to_channel_from_bot_oauth_scope=authority.scope,
        to_bot_from_channel_token_issuer=authority.issuer,
        oauth_url=authority.scope,
        to_bot_from_channel_open_id_metadata_url=authority.keys,
        to_bot_from_emulator_open_id_metadata_url=authority.emulator_keys,
        credential_factory=credentials,
        auth_configuration=AuthenticationConfiguration(),
    )


@dataclass(frozen=True, slots=True)
class TokenValidator:
    checks: BotFrameworkAuthentication
    registration: Registration

    async def admit(self, request: web.Request, activity: Activity) -> None:
        """Raises HTTPUnauthorized, HTTPForbidden, or HTTPServiceUnavailable where Microsoft's
        keys cannot be had."""
        if not self.registration.app_id:
            _from_this_machine(request, activity)
            return
        await self._authenticate(request, activity)
        if activity.channel_id != CHANNEL_ID:
            raise web.HTTPForbidden(text="This bot speaks to Microsoft Teams alone.")
        if tenant_of(activity) != self.registration.tenant:
            raise web.HTTPForbidden(text="This bot serves another tenant.")

    async def _authenticate(self, request: web.Request, activity: Activity) -> None:
        header = request.headers.get("Authorization")
        if header is None:
            raise web.HTTPUnauthorized
        try:
            # Now and then it fetches Microsoft's keys, and holds up its whole loop for it.
            await asyncio.to_thread(
                lambda: asyncio.run(self.checks.authenticate_request(activity, header))
            )
        except PermissionError:
            raise web.HTTPUnauthorized from None
        except OSError:
            raise web.HTTPServiceUnavailable from None
        except Exception:  # noqa: BLE001 -- a bad token fails in many ways: a key unknown, a date past
            raise web.HTTPUnauthorized from None


def _from_this_machine(request: web.Request, activity: Activity) -> None:
    """The Host tells of a stranger's page whose name a browser was led to take for this machine;
    the service URL is where answers would go."""
    service = URL(activity.service_url or "").host
    if not LOOPBACK.issuperset({request.remote, request.url.host, service}):
        raise web.HTTPForbidden(text="Without MicrosoftAppId this bot hears its own machine alone.")
