"""The smallest bot that does on Teams what ours does there; it keeps what it was sent."""

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web
from botbuilder.core import CardFactory, InvokeResponse, MessageFactory, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import (
    Activity,
    ActivityTypes,
    ConversationParameters,
    ConversationReference,
    ResourceResponse,
    ThumbnailCard,
)
from botbuilder.schema.teams import (
    MessagingExtensionActionResponse,
    MessagingExtensionAttachment,
    MessagingExtensionResponse,
    MessagingExtensionResult,
    TaskModuleContinueResponse,
    TaskModuleMessageResponse,
    TaskModuleTaskInfo,
)
from msrest.serialization import Model

from tests.teams.tenant import CHANNEL, PERSONAL_CHAT, TENANT


class NoRegistration:
    APP_ID = ""
    APP_PASSWORD = ""
    APP_TYPE = "MultiTenant"  # "SingleTenant" refuses an empty id


class CardAnswer(Model):
    """botbuilder's own AdaptiveCardInvokeResponse declares `value` a dict and fails on words."""

    _attribute_map = {  # noqa: RUF012 -- msrest reads it from the class
        "status": {"key": "statusCode", "type": "int"},
        "kind": {"key": "type", "type": "str"},
        "value": {"key": "value", "type": "object"},
    }

    def __init__(self, kind: str, value: object) -> None:
        self.status = 200
        self.kind = f"application/vnd.microsoft.{kind}"
        self.value = value


def card(heading: str) -> dict[str, Any]:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "TextBlock", "text": heading, "wrap": True, "style": "heading"},
            {"type": "Input.Text", "id": "note", "label": "Your note", "value": "draft"},
            {
                "type": "Input.ChoiceSet",
                "id": "clause",
                "label": "Clause",
                "choices": [{"title": "4(c)", "value": "c4"}, {"title": "6.3", "value": "c6"}],
            },
        ],
        "actions": [
            {"type": "Action.Execute", "title": "Claim", "verb": "claim", "data": {"case": 7}},
            {"type": "Action.Execute", "title": "Pass on", "verb": "pass", "data": {"case": 7}},
            {"type": "Action.Submit", "title": "Submit", "data": {"case": 7}},
        ],
    }


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
            await turn.send_activity(_message("A card"))
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
                activity=_message("A case"),
                tenant_id=TENANT,
            )
        )

    async def _act(self, turn: TurnContext) -> None:
        if turn.activity.name in WITHOUT_A_CARD:
            await _respond(turn, WITHOUT_A_CARD[turn.activity.name]())
        elif turn.activity.value["action"]["verb"] == "claim":
            claimed = _message("Claimed")
            claimed.id = turn.activity.reply_to_id
            await turn.update_activity(claimed)
            await _respond(turn, _said("It is yours"))
        else:
            await self._tell_the_asker(turn.activity.value["action"]["data"]["note"])
            await _respond(turn, _shown("Passed on"))

    async def _tell_the_asker(self, words: str) -> None:
        async def tell(turn: TurnContext) -> None:
            await turn.send_activity(words)

        await self._adapter.continue_conversation(self._references[PERSONAL_CHAT], tell, "")


def _message(heading: str) -> Activity:
    return MessageFactory.attachment(CardFactory.adaptive_card(card(heading)))


def _said(words: str) -> CardAnswer:
    return CardAnswer("activity.message", words)


def _shown(heading: str) -> CardAnswer:
    return CardAnswer("card.adaptive", card(heading))


def _found() -> MessagingExtensionResponse:
    clause = MessagingExtensionAttachment(
        content_type=CardFactory.content_types.adaptive_card,
        content=card("A clause"),
        preview=CardFactory.thumbnail_card(ThumbnailCard(title="4(c)", text="Sign")),
    )
    found = MessagingExtensionResult(type="result", attachment_layout="list", attachments=[clause])
    return MessagingExtensionResponse(compose_extension=found)


def _asked() -> MessagingExtensionActionResponse:
    form = TaskModuleTaskInfo(title="Ask", card=CardFactory.adaptive_card(card("A form")))
    return MessagingExtensionActionResponse(task=TaskModuleContinueResponse(value=form))


def _thanked() -> MessagingExtensionActionResponse:
    return MessagingExtensionActionResponse(task=TaskModuleMessageResponse(value="Thank you"))


WITHOUT_A_CARD: dict[str, Callable[[], Model]] = {
    "message/submitAction": Model,  # an empty object; null would be "Unable to reach app"
    "composeExtension/query": _found,
    "composeExtension/fetchTask": _asked,
    "composeExtension/submitAction": _thanked,
}


async def _respond(turn: TurnContext, body: Model) -> None:
    response = InvokeResponse(status=200, body=body)
    await turn.send_activity(Activity(type=ActivityTypes.invoke_response, value=response))
