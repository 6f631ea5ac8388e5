"""Builds what the browser needs: the pages, their security, and how people sign in to the desk."""

from datetime import timedelta

from handlers.conversation.services import Services
from handlers.terminal.messenger import system_user
from handlers.web.auth.groups import Groups
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.login_method import NoLogin
from handlers.web.auth.openid import Issuer
from handlers.web.auth.sign_in import SignIn
from handlers.web.pages import Pages
from handlers.web.security.middleware import Security, SecurityRules
from handlers.web.theme import Theme
from settings import Settings


def security(settings: Settings, services: Services, pages: Pages) -> Security:
    rules = SecurityRules(
        public_url=settings.public_url,
        session_lasts=timedelta(hours=settings.session_hours),
        proxies=settings.trusted_proxies,
    )
    return Security(services.desk.sign_ins, services.clock, rules, pages)


def theme(settings: Settings) -> Theme:
    return Theme(settings.council_name, settings.brand_colour, settings.logo)


def login(settings: Settings, services: Services) -> SignIn | LocalLogin | NoLogin:
    """With a public address, requests come through a proxy, perhaps on this machine: then nobody
    counts as sitting at it."""
    if settings.oidc_issuer:
        secret = settings.oidc_client_secret.get_secret_value()
        issuer = Issuer(settings.oidc_issuer, settings.oidc_client_id, secret)
        sign_ins = services.desk.sign_ins
        return SignIn(issuer, groups(settings), settings.public_url, sign_ins, services.clock)
    return NoLogin() if settings.public_url else LocalLogin(system_user(), services.desk.sign_ins)


def groups(settings: Settings) -> Groups:
    return Groups(
        settings.oidc_groups_claim,
        readers=frozenset(settings.desk_reader_groups),
        comms=frozenset(settings.desk_comms_groups),
        owners=frozenset(settings.desk_owner_groups),
    )
