"""What an error of Slack's Web API means: for ever, for now, or a fault of the token.

Codes: docs.slack.dev/reference/methods, under "Errors" of each method that the bot calls.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from slack_sdk.errors import SlackApiError

from desk.model.errors import RetryAfter, Undeliverable

RATE_LIMITED = 429
DEFAULT_WAIT_S = 30.0
LONGEST_WAIT_S = 900.0

# The channel takes nothing from the bot; its asker can still be reached in a direct message.
CHANNEL_CLOSED = frozenset(
    "channel_not_found is_archived not_in_channel restricted_action "
    "restricted_action_non_threadable_channel restricted_action_read_only_channel "
    "restricted_action_thread_locked restricted_action_thread_only_channel "
    "user_not_in_channel".split()
)
# The council mends these, so what waits for it is kept.
TOKEN_FAULTS = frozenset(
    "account_inactive invalid_auth not_authed token_expired token_revoked".split()
)
# Slack took nothing and never will.
PERMANENT = CHANNEL_CLOSED | frozenset(
    "cannot_dm_bot ekm_access_denied invalid_blocks invalid_blocks_format messages_tab_disabled "
    "msg_blocks_too_long msg_too_long no_text user_disabled user_not_found".split()
)
# The message that was to be changed is not there, or may not be changed any more.
NOT_EDITABLE = frozenset("cant_update_message edit_window_closed message_not_found".split())
THREAD_GONE = "thread_not_found"
# Slack itself is in trouble; an empty code means an answer that is not Slack's JSON.
TEMPORARY = frozenset(
    "fatal_error internal_error ratelimited request_timeout service_unavailable "
    "team_added_to_org".split()
) | {""}


def error_code(error: SlackApiError) -> str:
    """Slack's code ("channel_not_found"); empty where the answer was not Slack's JSON."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def is_temporary(error: BaseException) -> bool:
    """Whether Slack could not be reached or is in trouble."""
    if isinstance(error, SlackApiError):
        return error_code(error) in TEMPORARY
    return isinstance(error, aiohttp.ClientError | OSError)


def may_work_later(error: BaseException) -> bool:
    """Whether trying the same again may help, once Slack or the token works again."""
    token_fault = isinstance(error, SlackApiError) and error_code(error) in TOKEN_FAULTS
    return token_fault or is_temporary(error)


@contextmanager
def translate_slack_errors() -> Iterator[None]:
    """Raises RetryAfter or Undeliverable where Slack surely took nothing."""
    try:
        yield
    except SlackApiError as error:
        if getattr(error.response, "status_code", 0) == RATE_LIMITED:
            raise RetryAfter(_wait(error)) from None
        code = error_code(error)
        if code in PERMANENT:
            raise Undeliverable(f"Slack says {code}.") from None
        raise


def _wait(error: SlackApiError) -> float:
    """Seconds, as Slack asked for them."""
    given = error.response.headers.get("Retry-After", "")
    return min(float(given), LONGEST_WAIT_S) if given.isdecimal() else DEFAULT_WAIT_S
