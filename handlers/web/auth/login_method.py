"""How people sign in to the desk. Each way of doing so implements LoginMethod."""

from typing import Protocol

from aiohttp import web

from desk.model.people import Person
from desk.model.sign_in import SignedIn

OIDC_KEY = "oidc:"


class LoginMethod(Protocol):
    @property
    def rechecks(self) -> bool:
        """Whether the access of a session must be asked for again from time to time."""
        ...

    def accepts(self, request: web.Request, session: SignedIn) -> bool:
        """Whether this method opened the session, and it may be used where the request is from."""
        ...

    def invitation(self, request: web.Request) -> web.HTTPException:
        """What somebody without a session is told, or where they are sent."""
        ...


LOGIN_METHOD: web.AppKey[LoginMethod] = web.AppKey("login_method", LoginMethod)


def is_from_issuer(person: Person) -> bool:
    return person.key.startswith(OIDC_KEY)


class NoLogin:
    """The bot has a public address, but no sign-in service yet: the desk stays closed."""

    messengers = ()
    rechecks = False

    def register(self, app: web.Application) -> None:
        app[LOGIN_METHOD] = self

    def accepts(self, _request: web.Request, _session: SignedIn) -> bool:
        return False

    def invitation(self, _request: web.Request) -> web.HTTPException:
        return web.HTTPForbidden(text=NOT_SET_UP)


NOT_SET_UP = (
    "The desk cannot be opened in a browser yet. The person who runs the bot must set "
    "OIDC_ISSUER first, as .env.example says. Until then, use the command: python bot.py desk."
)
