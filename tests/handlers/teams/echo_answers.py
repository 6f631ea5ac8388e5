"""What the echo bot says."""

from collections.abc import Callable
from typing import Any

from botbuilder.core import CardFactory, MessageFactory
from botbuilder.schema import Activity, ThumbnailCard
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


def message(heading: str) -> Activity:
    return MessageFactory.attachment(CardFactory.adaptive_card(card(heading)))


def said(words: str) -> CardAnswer:
    return CardAnswer("activity.message", words)


def shown(heading: str) -> CardAnswer:
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
