"""What Slack's refusals mean for the desk."""

from collections.abc import Iterator
from contextlib import contextmanager

from slack_sdk.errors import SlackApiError

from desk.model.errors import RetryAfter, Undeliverable

RATE_LIMITED = 429
A_WHILE_S = 30.0

# Slack took nothing, and never will.
NEVER = frozenset(
    "account_inactive cannot_dm_bot channel_not_found ekm_access_denied invalid_blocks "
    "invalid_blocks_format is_archived messages_tab_disabled msg_blocks_too_long msg_too_long "
    "no_text not_in_channel restricted_action user_disabled user_not_found "
    "user_not_in_channel".split()
)
# What was to be edited, or answered beneath, is not there any more.
GONE = frozenset("cant_update_message edit_window_closed message_not_found".split())
NO_THREAD = frozenset(["thread_not_found"])


@contextmanager
def translate_slack_errors() -> Iterator[None]:
    try:
        yield
    except SlackApiError as error:
        said = str(error.response["error"])
        if error.response.status_code == RATE_LIMITED:
            wait = error.response.headers.get("Retry-After", A_WHILE_S)
            raise RetryAfter(float(wait)) from None
        if said in NEVER:
            raise Undeliverable(f"Slack says {said}.") from None
        raise
