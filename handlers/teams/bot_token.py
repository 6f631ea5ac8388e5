"""The token that the bot shows to Microsoft when it sends a message."""

from handlers.teams.activity import string
from handlers.teams.fetched_value import Fetched, FetchedValue, UnavailableError
from handlers.teams.microsoft import Cloud, Registration, fetch_json

RENEW_BEFORE_S = 300.0  # the end of a token


class BotToken:
    """Client credentials of the registration, as
    https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
    describes them. Without a registration (in a local trial) there is no token."""

    def __init__(self, registration: Registration | None, cloud: Cloud) -> None:
        self._registration = registration
        self._cloud = cloud
        self._token = FetchedValue(self._fetch)

    async def headers(self) -> dict[str, str]:
        """The Authorization header, if there is one. Raises UnavailableError."""
        if self._registration is None:
            return {}
        return {"Authorization": f"Bearer {self._cloud.token or await self._token.get()}"}

    def refused(self) -> None:
        """Microsoft does not take the token any more: the next message fetches another."""
        self._token.forget()

    async def _fetch(self) -> Fetched[str]:
        registration = self._registration
        if registration is None:
            raise UnavailableError
        form = {
            "grant_type": "client_credentials",
            "client_id": registration.app_id,
            "client_secret": registration.password,
            "scope": self._cloud.scope,
        }
        address = f"{self._cloud.login}/{registration.tenant}/oauth2/v2.0/token"
        answer = await fetch_json(address, self._cloud.timeout_s, form)
        token, seconds = string(answer.get("access_token")), answer.get("expires_in")
        if not token or not isinstance(seconds, int):
            raise UnavailableError
        return Fetched(token, max(seconds - RENEW_BEFORE_S, 0.0), float(seconds))
