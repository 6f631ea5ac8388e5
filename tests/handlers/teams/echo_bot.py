"""The smallest bot that does on Teams what ours does there; it keeps what it was sent."""

import json
from typing import Any

from aiohttp import web
from botbuilder.core import InvokeResponse, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ConversationParameters,
    ConversationReference,
    ResourceResponse,
)
from msrest.serialization import Model

from tests.handlers.teams.echo_answers import WITHOUT_A_CARD, message, said, shown
from tests.handlers.teams.tenant import CHANNEL, PERSONAL_CHAT, TENANT


class NoRegistration:
    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"  # "SingleTenant" refuses an empty id


class EchoBot:
    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.posted: ResourceResponse | None = None
        self._adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(NoRegistration()))
        self._adapter.on_turn_error = self._on_error
        self._references: dict[str, ConversationReference] = {}
        self.errors: list[Exception] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/messages", self._messages)
        return app

    def last(self, kind: str) -> dict[str, Any]:
        return [activity for activity in self.heard if activity["type"] == kind][-1]

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        self.heard.append(await request.json())
        answer: web.StreamResponse | None = await self._adapter.process(request, self)
        return answer or web.Response(status=202)

    async def _on_error(self, _turn: TurnContext, error: Exception) -> None:
        self.errors.append(error)

    async def on_turn(self, turn: TurnContext) -> None:
        activity = turn.activity
        reference = TurnContext.get_conversation_reference(activity)
        self._references[activity.conversation.id] = reference
        if activity.type == ActivityTypes.message:
            await self._answer(turn)
        elif activity.type == ActivityTypes.invoke:
            await self._act(turn)

    async def _answer(self, turn: TurnContext) -> None:
        words = (TurnContext.remove_recipient_mention(turn.activity) or "").strip()
        if turn.activity.value is not None:
            await turn.send_activity(f"submitted {json.dumps(turn.activity.value)}")
        elif words == "card":
            await turn.send_activity(message("A card"))
        elif words == "rate me":
            rated = MessageFactory.text("Was this right?")
            rated.channel_data = {"feedbackLoop": {"type": "default"}}
            await turn.send_activity(rated)
        elif words == "post":
            await self._post(turn)
        else:
            await turn.send_activity(f"echo {words}")

    async def _post(self, turn: TurnContext) -> None:
        client = turn.turn_state["ConnectorClient"]
        self.posted = await client.conversations.create_conversation(
            ConversationParameters(
                is_group=True,
                channel_data={"channel": {"id": CHANNEL}},
                activity=message("A case"),
                tenant_id=TENANT,
            )
        )

    async def _act(self, turn: TurnContext) -> None:
        if turn.activity.name in WITHOUT_A_CARD:
            await _respond(turn, WITHOUT_A_CARD[turn.activity.name]())
        elif turn.activity.value["action"]["verb"] == "claim":
            claimed = message("Claimed")
            claimed.id = turn.activity.reply_to_id
            await turn.update_activity(claimed)
            await _respond(turn, said("It is yours"))
        else:
            await self._tell_the_asker(turn.activity.value["action"]["data"]["note"])
            await _respond(turn, shown("Passed on"))

    async def _tell_the_asker(self, words: str) -> None:
        async def tell(turn: TurnContext) -> None:
            await turn.send_activity(words)

        await self._adapter.continue_conversation(self._references[PERSONAL_CHAT], tell, "")


async def _respond(turn: TurnContext, body: Model) -> None:
    response = InvokeResponse(status=200, body=body)
    await turn.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
