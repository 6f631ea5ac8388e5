"""Builds Teams, if the settings ask for it."""

import logging

from handlers.conversation.services import Services
from handlers.loopback import is_loopback_host
from handlers.teams.app import registered_teams, trial_teams
from handlers.teams.microsoft import Registration
from handlers.teams.surface import TeamsSurface
from knowledge.errors import BadInput
from settings import Settings

LOCAL_TRIAL = (
    "TEAMS_LOCAL_TRIAL: anybody on this machine can write to /api/messages as anybody, for example "
    "with the Agents Playground."
)
NOT_LOCAL = (
    "TEAMS_LOCAL_TRIAL opens the bot without any sign-in, so it listens on this machine alone: "
    "listen on 127.0.0.1 instead of {host}, or unset TEAMS_LOCAL_TRIAL."
)

log = logging.getLogger(__name__)


def check_host(settings: Settings, host: str) -> None:
    """`host`: the address to listen on. Raises BadInput where a local trial would be open to a
    network."""
    if settings.teams_local_trial and not is_loopback_host(host):
        raise BadInput(NOT_LOCAL.format(host=host))


def teams_surfaces(settings: Settings, services: Services) -> list[TeamsSurface]:
    if settings.teams_local_trial:
        log.warning(LOCAL_TRIAL)
        return [trial_teams(services)]
    if not settings.teams_app_id:
        return []
    registration = Registration(
        settings.teams_app_id,
        settings.teams_app_password.get_secret_value(),
        settings.teams_tenant,
    )
    return [registered_teams(services, registration, frozenset(settings.teams_administrators))]
