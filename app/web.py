"""Builds what the browser needs: the pages, who guards them, and the door of the desk."""

from datetime import timedelta

from handlers.conversation.services import Services
from handlers.terminal.messenger import system_user
from handlers.web.auth.groups import Groups
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.openid import Issuer
from handlers.web.auth.sign_in import SignIn
from handlers.web.pages import Pages
from handlers.web.security.middleware import Security
from settings import Settings


def security(settings: Settings, whole: Services, pages: Pages) -> Security:
    lasting = timedelta(hours=settings.session_hours)
    return Security(whole.desk.sign_ins, lasting, whole.address, pages)


def entrance(settings: Settings, whole: Services) -> SignIn | LocalLogin:
    if not settings.oidc_issuer:
        return LocalLogin(system_user())
    secret = settings.oidc_client_secret.get_secret_value()
    issuer = Issuer(settings.oidc_issuer, settings.oidc_client_id, secret)
    return SignIn(issuer, groups(settings), whole.address, whole.desk.sign_ins, whole.clock)


def groups(settings: Settings) -> Groups:
    return Groups(
        settings.oidc_groups_claim,
        readers=frozenset(settings.desk_reader_groups),
        comms=frozenset(settings.desk_comms_groups),
        owners=frozenset(settings.desk_owner_groups),
    )
