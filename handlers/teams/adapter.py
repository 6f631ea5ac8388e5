"""Runs the bot's turns, and sends what is said within one as everything else is sent.

botbuilder's own CloudAdapter makes two new HTTP clients for each activity, at 7 ms each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from handlers.teams.connection import Connection
from handlers.teams.senders import address_of

RESPONSE = "invoke response"
ACCEPTED = "call this when nothing can be lost any more"


class TeamsAdapter(BotAdapter):  # type: ignore[misc] # botbuilder has no types
    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection

    async def process(
        self,
        activity: Activity,
        logic: Callable[[TurnContext], Awaitable[None]],
        taken_in: asyncio.Event,
    ) -> InvokeResponse | None:
        """The answer to an invoke; other activities have none."""
        turn = TurnContext(self, activity)
        turn.turn_state[ACCEPTED] = taken_in.set
        await self.run_pipeline(turn, logic)
        response: InvokeResponse | None = turn.turn_state.get(RESPONSE)
        return response

    async def send_activities(
        self, context: TurnContext, activities: Sequence[Activity]
    ) -> list[ResourceResponse]:
        return [await self._send(context, activity) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        await self._connection.update(address_of(context.activity), activity.id, activity)

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        raise NotImplementedError("The bot deletes nothing that it said.")

    async def _send(self, turn: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            turn.turn_state[RESPONSE] = activity.value
            return ResourceResponse(id="")
        return ResourceResponse(id=await self._connection.post(address_of(turn.activity), activity))
