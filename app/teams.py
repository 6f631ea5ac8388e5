"""Builds the surface of Teams, if the settings or the machine allow for one."""

import logging

from handlers.conversation.services import Services
from handlers.teams.app import Teams, teams
from handlers.teams.auth import LOOPBACK, Registration
from knowledge.errors import BadInput
from settings import Settings

OPEN = (
    "Teams: without MicrosoftAppId, /api/messages takes what this machine alone sends, such as "
    "the Agents Playground."
)
TOO_OPEN = (
    "Without MicrosoftAppId anybody could write to the bot as anybody, so it serves its own "
    "machine alone: set MicrosoftAppId, or listen on 127.0.0.1 instead of {host}."
)

log = logging.getLogger(__name__)


def check_host(settings: Settings, host: str) -> None:
    """Raises BadInput where a bot without any registration would be open to a network."""
    if _open(settings) and host not in LOOPBACK:
        raise BadInput(TOO_OPEN.format(host=host))


def teams_surfaces(settings: Settings, whole: Services) -> list[Teams]:
    registration = Registration(
        settings.teams_app_id,
        settings.teams_app_password.get_secret_value(),
        settings.teams_tenant,
    )
    if _open(settings):
        log.warning(OPEN)
    elif not registration.app_id:
        return []
    return [teams(whole, registration, frozenset(settings.teams_administrators))]


def _open(settings: Settings) -> bool:
    """What is set up for Slack or for sign-in stands behind a proxy as a rule, and whatever
    comes through that comes from this machine too."""
    return not (settings.teams_app_id or settings.slack or settings.oidc_issuer)
