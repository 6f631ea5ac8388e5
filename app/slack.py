"""Builds the Slack surface, if the settings name a bot token."""

from handlers.conversation.services import Services
from handlers.slack.app import Installation, SlackSurface
from handlers.slack.users import Groups
from settings import Settings


def slack_surfaces(settings: Settings, service: Services) -> list[SlackSurface]:
    return [SlackSurface(service, installation(settings))] if settings.slack else []


def installation(settings: Settings) -> Installation:
    return Installation(
        bot_token=settings.slack_bot_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        api_url=settings.slack_api_url,
        comms_channel=settings.slack_comms_channel,
        groups=Groups(
            managers=settings.slack_manager_groups,
            councillors=settings.slack_councillor_groups,
        ),
        answer_guests=settings.slack_guests == "answer",
    )
