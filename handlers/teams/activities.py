"""What Teams sends, translated in and answered: one method for each kind of activity."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from handlers.conversation.message_flags import read_flags
from handlers.conversation.services import Services
from handlers.teams.adapter import ACCEPTED
from handlers.teams.address import message_id
from handlers.teams.asker_actions import ActionResult, AskerActions, Continuation
from handlers.teams.cards.elements import Element
from handlers.teams.cards.welcome import welcome
from handlers.teams.comms_actions import CommsActions
from handlers.teams.errors import sentence
from handlers.teams.message_extension import Extension
from handlers.teams.messenger import as_message
from handlers.teams.senders import Sender, sender
from handlers.teams.verbs import OF_COMMS, Verb

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
USE_HERE = "use this channel for escalations"
BOT_NAME = "Policy Assistant"

Body = dict[str, Any]
Said = str | Element | Continuation


class TeamsBot(ActivityHandler):  # type: ignore[misc] # botbuilder has no types
    """Whatever fails is told to who wrote or pressed; nothing but that is said within the turn:
    answers come through the outbox."""

    def __init__(
        self, service: Services, asker: AskerActions, comms: CommsActions, extension: Extension
    ) -> None:
        super().__init__()
        self._desk = service.desk
        self._asker = asker
        self._comms = comms
        self._extension = extension

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        text = _text(turn_context.activity)
        # A card that somebody inserted from the search is shown to others; it asks nothing.
        if text and not _is_card(turn_context.activity):
            await self._saying(turn_context, lambda who: self._take(who, turn_context, text))

    async def on_message_update_activity(self, turn_context: TurnContext) -> None:
        if _event_type(turn_context.activity) == "editMessage":
            text = _text(turn_context.activity)
            await self._saying(turn_context, lambda who: self._edited(who, turn_context, text))

    async def on_message_delete_activity(self, turn_context: TurnContext) -> None:
        if _event_type(turn_context.activity) == "softDeleteMessage":
            await self._saying(turn_context, lambda who: self._deleted(who, turn_context))

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        await self._saying(turn_context, lambda who: asyncio.to_thread(self._welcome, who))

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        name, who = turn_context.activity.name, sender(turn_context.activity)
        value: Body = turn_context.activity.value or {}
        if name == "adaptiveCard/action":
            body = await self._pressed(turn_context, who, value.get("action") or {})
        elif name in self._extension.answers:
            body = await asyncio.to_thread(self._extension.answers[name], who, value)
        else:
            return InvokeResponse(status=501)
        return InvokeResponse(status=200, body=body)

    async def _saying(
        self,
        turn: TurnContext,
        do: Callable[[Sender], Awaitable[Said]],
    ) -> None:
        try:
            said = await do(sender(turn.activity))
        except Exception as error:  # noqa: BLE001 -- whatever fails, who wrote must hear of it
            said = sentence(error)
        turn.turn_state.get(ACCEPTED, bool)()
        if callable(said):
            said = await self._finished(said)
        if said:
            await turn.send_activity(plain(said) if isinstance(said, str) else as_message(said))

    async def _finished(self, rest: Continuation) -> str:
        try:
            await asyncio.to_thread(rest)
        except Exception as error:  # noqa: BLE001 -- as above
            return sentence(error)
        return ""

    async def _take(self, who: Sender, turn: TurnContext, text: str) -> Said:
        message = message_id(who.address.conversation, turn.activity.id)
        return await asyncio.to_thread(self._said, who, message, text)

    def _said(self, who: Sender, message: str, text: str) -> Said:
        """What is said at once to these words; what remains to be done for an answer to come."""
        typed = text.rstrip(".!").casefold()
        if typed == USE_HERE:
            return self._comms.use(who)
        if typed in ("help", "settings"):
            return self._welcome(who)
        if typed == "my cases":
            return self._asker.cases(who)
        done = self._by_comms(who, text) if self._comms.are_at(who.address) else None
        return self._asker.say(who, message, read_flags(text)) if done is None else done

    def _by_comms(self, who: Sender, text: str) -> str | None:
        ref = self._comms.case_of_thread(who.address) if who.address.post else ""
        # A colleague may ask the bot in this channel too, and then it is their own case.
        mine = self._desk.intake.case_at(who.person, who.at)
        if ref and (mine is None or mine.ref != ref):
            return self._comms.answer(who, ref, text)
        return self._comms.command(who, text)

    async def _edited(self, who: Sender, turn: TurnContext, text: str) -> str:
        message = message_id(who.address.conversation, turn.activity.id)
        await asyncio.to_thread(self._asker.edited, who, message, text)
        return ""

    async def _deleted(self, who: Sender, turn: TurnContext) -> str:
        message = message_id(who.address.conversation, turn.activity.id)
        return await asyncio.to_thread(self._asker.deleted, who, message)

    def _welcome(self, who: Sender) -> Element:
        return welcome(self._desk.preferences.read(who.person), BOT_NAME)

    async def _pressed(self, turn: TurnContext, who: Sender, action: Mapping[str, Any]) -> Body:
        try:
            verb, data = Verb(str(action.get("verb"))), action.get("data") or {}
            deeds = self._comms if verb in OF_COMMS else self._asker
            pressed = await asyncio.to_thread(deeds.press, who, verb, data)
        except Exception as error:  # noqa: BLE001 -- whatever fails, who pressed must hear of it
            pressed = ActionResult(sentence(error))
        if pressed.follows:
            await turn.send_activity(as_message(pressed.follows))
        if pressed.instead:
            return {"statusCode": 200, "type": CARD, "value": pressed.instead}
        return {"statusCode": 200, "type": MESSAGE, "value": pressed.note}


def plain(text: str) -> Activity:
    """Nothing in it is read as Markdown or as a mention."""
    return Activity(type=ActivityTypes.message, text=text, text_format="plain")


def _text(activity: Activity) -> str:
    """What was written, without the mention of the bot; other mentions are names."""
    own = TurnContext.remove_recipient_mention(activity) or ""
    named = re.sub(r"</?at[^>]*>", "", own)
    return " ".join(html.unescape(named).replace("\xa0", " ").split(" ")).strip()


def _is_card(activity: Activity) -> bool:
    sent = activity.attachments or []
    return any((each.content_type or "").startswith("application/vnd.") for each in sent)


def _event_type(activity: Activity) -> str:
    data = activity.channel_data if isinstance(activity.channel_data, dict) else {}
    return str(data.get("eventType", ""))
