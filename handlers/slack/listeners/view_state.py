"""What somebody filled in in a form, and how a form is refused."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from slack_bolt.context.ack.async_ack import AsyncAck

from desk.model.errors import DeskError
from handlers.slack.blocks.asker_views import INPUT, TEXT
from handlers.slack.payloads import Json
from knowledge.errors import BadInput

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    result: T


async def submitted(ack: AsyncAck, view: Json, work: Awaitable[T]) -> Done[T] | None:
    """None where the work was refused: the form stays open and shows the sentence."""
    try:
        result = await work
    except (DeskError, BadInput) as error:
        await ack(response_action="errors", errors={text_block(view): str(error)})
        return None
    await ack()
    return Done(result)


def typed(view: Json, block_id: str = "") -> str:
    """The text in a field; without `block_id`, in the main one of the form."""
    values = view["state"]["values"].get(block_id or text_block(view), {})
    return (values.get(INPUT, {}).get("value") or "").strip()


def chosen(view: Json, block_id: str) -> tuple[str, ...]:
    values = view["state"]["values"].get(block_id, {}).get(INPUT, {})
    return tuple(option["value"] for option in values.get("selected_options") or ())


def day(view: Json, block_id: str) -> date:
    return date.fromisoformat(view["state"]["values"][block_id][INPUT]["selected_date"])


def text_block(view: Json) -> str:
    """The id of the main field: TEXT, with a suffix once a draft was inserted into it."""
    ids = (block.get("block_id", "") for block in view["blocks"])
    return next((each for each in ids if each.startswith(TEXT)), TEXT)
