"""What the bot does with each kind of activity. Runs in a worker thread, free of HTTP."""

from collections.abc import Callable
from dataclasses import dataclass

from desk.model.errors import DeskError
from handlers.conversation.error_reply import error_reply
from handlers.conversation.services import Services
from handlers.teams.action_data import ActionData
from handlers.teams.activity import Activity, mapping, string
from handlers.teams.address import Place
from handlers.teams.asker_actions import AskerActions
from handlers.teams.asker_messages import AskerMessages
from handlers.teams.cards.elements import Element
from handlers.teams.cards.welcome import comms_help, welcome
from handlers.teams.comms_actions import CommsActions
from handlers.teams.handled import NOTHING, ActionResult, Handled, replied
from handlers.teams.message_extension import Extension
from handlers.teams.message_text import MessageText, read_message
from handlers.teams.messages import ADAPTIVE_CARD, text_message
from handlers.teams.senders import Sender, sender
from handlers.teams.verbs import OF_COMMS, Verb
from knowledge.errors import BadInput

INVOKE = "invoke"
PRESSED = "adaptiveCard/action"
LINE = "application/vnd.microsoft.activity.message"
USE_HERE = "use this channel for escalations"
BOT_NAME = "Policy Assistant"
FILES = "I cannot read files or pictures. Please write what you want to ask or say in words."
FORWARDED = "I cannot read forwarded messages. Please write your question in your own words."


@dataclass(frozen=True, slots=True)
class TeamsBot:
    services: Services
    asker: AskerMessages
    asker_actions: AskerActions
    comms: CommsActions
    extension: Extension

    def handle(self, method: Callable[[Activity, Sender], Handled], activity: Activity) -> Handled:
        """Run one of the methods below. Whatever fails, the person who wrote or pressed hears of
        it."""
        try:
            return method(activity, sender(activity))
        except (DeskError, BadInput) as refusal:
            return replied(str(refusal))
        except Exception as error:  # noqa: BLE001 -- see above
            return Handled(text_message(error_reply(error)), is_lost=True)

    def message(self, activity: Activity, who: Sender) -> Handled:
        message = read_message(activity)
        if not message.text:
            return self._without_words(message, who)
        match message.text.rstrip(".!").casefold():
            case command if command == USE_HERE:
                return replied(self.comms.use(who))
            case "help" | "settings":
                return replied(self._help(who))
            case "my cases":
                return replied(self.asker.cases(who))
        by_comms = self.comms.say(who, message) if self.comms.are_at(who.address) else None
        return by_comms or self.asker.say(who, message)

    def _without_words(self, message: MessageText, who: Sender) -> Handled:
        if message.is_forwarded:
            return replied(FORWARDED)
        if message.has_files:
            return replied(FILES)
        # A card that somebody inserts from the search is for the others in the conversation.
        return replied(self._help(who)) if message.mentions_bot else NOTHING

    def _help(self, who: Sender) -> Element:
        if self.comms.are_at(who.address):
            return comms_help()
        return welcome(self.services.desk.preferences.read(who.person), BOT_NAME)

    def edited(self, activity: Activity, who: Sender) -> Handled:
        if activity.event_type != "editMessage":
            return NOTHING
        notice = self.comms.notice_of_edit(who) or self.asker.edited(who, read_message(activity))
        return replied(notice) if notice else NOTHING

    def deleted(self, activity: Activity, who: Sender) -> Handled:
        if activity.event_type != "softDeleteMessage":
            return NOTHING
        notice = self.comms.notice_of_edit(who) or self.asker.deleted(who)
        return replied(notice) if notice else NOTHING

    def installed(self, activity: Activity, who: Sender) -> Handled:
        if activity.action != "add":
            return NOTHING
        if who.address.place is not Place.PERSONAL:
            self.comms.show_again()
        return replied(self._help(who))

    def invoked(self, activity: Activity, who: Sender) -> Handled:
        if activity.name == PRESSED:
            return self._pressed(activity, who)
        return Handled(body=self.extension.answer(activity.name, who, activity.value))

    def _pressed(self, activity: Activity, who: Sender) -> Handled:
        action = mapping(activity.value.get("action"))
        try:
            verb, data = Verb(string(action.get("verb"))), ActionData(mapping(action.get("data")))
            actions = self.comms if verb in OF_COMMS else self.asker_actions
            result = actions.press(who, verb, data)
        except Exception as error:  # noqa: BLE001 -- whatever fails, the person who pressed hears of it
            result = ActionResult(error_reply(error))
        return Handled(result.follows, body=_shown(result), continuation=result.continuation)


def _shown(result: ActionResult) -> dict[str, object]:
    """https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/universal-action-model"""
    kind = ADAPTIVE_CARD if result.instead else LINE
    return {"statusCode": 200, "type": kind, "value": result.instead or result.note}
