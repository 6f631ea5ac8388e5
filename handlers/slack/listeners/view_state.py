"""What somebody filled in, and how a form is refused."""

from collections.abc import Awaitable
from datetime import date
from typing import TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck

from desk.model.errors import DeskError
from handlers.slack.blocks.asker_views import WORDS
from handlers.slack.errors import Json
from knowledge.errors import BadInput

T = TypeVar("T")


async def submitted(ack: AsyncAck, deed: Awaitable[T]) -> tuple[T, ...]:
    """What was done, or nothing: then the refusal stands in the form, for another try."""
    try:
        done = await deed
    except (DeskError, BadInput) as error:
        await ack(response_action="errors", errors={WORDS: str(error)})
        return ()
    await ack()
    return (done,)


def typed(view: Json, block: str = WORDS) -> str:
    return (view["state"]["values"].get(block, {}).get("typed", {}).get("value") or "").strip()


def chosen(view: Json, block: str) -> tuple[str, ...]:
    field = view["state"]["values"].get(block, {}).get("typed", {})
    return tuple(option["value"] for option in field.get("selected_options") or ())


def day(view: Json, block: str) -> date:
    return date.fromisoformat(view["state"]["values"][block]["typed"]["selected_date"])
