"""As whom, and where, the bot is connected to Slack; how it tries when Slack cannot be reached."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import random

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.api_errors import error_code, is_temporary
from knowledge.errors import BadInput

TOKEN_REFUSED = "Slack refuses {setting}: it says {code}."  # noqa: S105 -- a sentence
FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 300.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """From auth.test. `enterprise_id` is empty outside an Enterprise organisation; `url` is the
    workspace's ("https://council.slack.com/")."""

    team_id: str
    enterprise_id: str
    user_id: str
    bot_id: str
    url: str

    def owns(self, team_id: str | None, enterprise_id: str | None) -> bool:
        """Whether something from there concerns the workspace, or organisation, of the bot."""
        same_enterprise = bool(self.enterprise_id) and enterprise_id == self.enterprise_id
        return team_id == self.team_id or same_enterprise


async def bot_identity(client: AsyncWebClient) -> BotIdentity:
    """Raises BadInput for a token that Slack refuses."""
    try:
        found = await client.auth_test()
    except SlackApiError as error:
        raise _refusal("SLACK_BOT_TOKEN", error) from error
    return BotIdentity(
        team_id=str(found["team_id"]),
        enterprise_id=str(found.get("enterprise_id") or ""),
        user_id=str(found["user_id"]),
        bot_id=str(found.get("bot_id") or ""),
        url=str(found.get("url") or ""),
    )


async def check_app_token(client: AsyncWebClient, app_token: str) -> None:
    """Raises BadInput: the Socket Mode client would try a refused token for ever."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise _refusal("SLACK_APP_TOKEN", error) from error


async def keep_trying(connect: Callable[[], Awaitable[None]]) -> None:
    """Try again until it succeeds, with a longer wait each time, up to LONGEST_WAIT_S."""
    wait = FIRST_WAIT_S
    while True:
        await asyncio.sleep(wait * (1 - random() / 2))
        try:
            await connect()
        except Exception as error:  # noqa: BLE001 -- the bot's other surfaces go on
            reason = error if isinstance(error, BadInput) else type(error).__name__
            log.warning("Not connected to Slack: %s", reason)
            wait = min(wait * 2, LONGEST_WAIT_S)
        else:
            log.warning("Connected to Slack.")
            return


def _refusal(setting: str, error: SlackApiError) -> Exception:
    """Slack in trouble says nothing about the token."""
    if is_temporary(error):
        return error
    return BadInput(TOKEN_REFUSED.format(setting=setting, code=error_code(error)))
