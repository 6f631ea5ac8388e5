"""Takes an activity through a turn of Microsoft's Bot Framework SDK, which chooses its handler.

The SDK for Python is archived, so this file alone knows it: docs/adr says how to replace it.
"""

import asyncio
from collections.abc import Callable, Sequence

from botbuilder.core import ActivityHandler, BotAdapter, TurnContext
from botbuilder.schema import Activity as SdkActivity
from botbuilder.schema import ConversationReference, ResourceResponse

from handlers.teams.activity import Activity
from handlers.teams.bot import TeamsBot
from handlers.teams.connection import Connection
from handlers.teams.handled import NOTHING, Handled
from handlers.teams.senders import Sender

ACTIVITY, HANDLED = "activity", "handled"


class TurnAdapter(BotAdapter):  # type: ignore[misc] # botbuilder has no types
    """Sends what is said within a turn by the connection that takes everything else.

    The SDK's own CloudAdapter makes two HTTP clients for each activity, at 7 ms each.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    async def send_activities(
        self, context: TurnContext, activities: Sequence[SdkActivity]
    ) -> list[ResourceResponse]:
        address = context.turn_state[ACTIVITY].address
        return [
            ResourceResponse(id=await self._connection.post(address, activity.serialize()))
            for activity in activities
        ]

    async def update_activity(self, context: TurnContext, activity: SdkActivity) -> None:
        address = context.turn_state[ACTIVITY].address
        await self._connection.update(address, activity.id, activity.serialize())

    async def delete_activity(
        self,
        context: TurnContext,  # noqa: ARG002 -- of BotAdapter
        reference: ConversationReference,  # noqa: ARG002 -- of BotAdapter
    ) -> None:
        raise PermissionError("The bot deletes nothing that it said.")


class Turns(ActivityHandler):  # type: ignore[misc] # botbuilder has no types
    def __init__(self, bot: TeamsBot, adapter: BotAdapter) -> None:
        super().__init__()
        self._bot = bot
        self._adapter = adapter

    async def handle(self, activity: Activity) -> Handled:
        """The bot works in a thread: it waits for the database."""
        sent = SdkActivity(type=activity.type, name=activity.name, action=activity.action)
        turn = TurnContext(self._adapter, sent)
        turn.turn_state[ACTIVITY] = activity
        await self.on_turn(turn)
        handled: Handled = turn.turn_state.get(HANDLED, NOTHING)
        return handled

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._handle(turn_context, self._bot.message)

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        await self._handle(turn_context, self._bot.edited)

    async def on_message_delete_activity(self, turn_context: TurnContext) -> None:
        await self._handle(turn_context, self._bot.deleted)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._handle(turn_context, self._bot.installed)

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        await self._handle(turn_context, self._bot.invoked)

    async def _handle(
        self, turn: TurnContext, method: Callable[[Activity, Sender], Handled]
    ) -> None:
        activity = turn.turn_state[ACTIVITY]
        turn.turn_state[HANDLED] = await asyncio.to_thread(self._bot.handle, method, activity)
