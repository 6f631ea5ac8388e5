"""Which event, press, form or command goes where.

Slack hears that a thing has arrived when its listener returns: by then what must not be lost is
at the desk, and what takes longer goes on in `Work`.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse

from handlers.slack.errors import Json, reply_target
from handlers.slack.listeners.asker_actions import Actions
from handlers.slack.listeners.comms_actions import DEEDS, Comms
from handlers.slack.listeners.home_tab import HomeTab
from handlers.slack.listeners.messages import Events
from handlers.slack.questions import Asking

COMMAND, SHORTCUT = "/policy", "ask_about"
Press = Callable[[Json, Json], Awaitable[None]]


def register(bolt: AsyncApp, asking: Asking, comms_channel: str, bot_user: str) -> None:
    home = HomeTab(asking)
    actions = Actions(asking, home.refresh)
    comms = Comms(asking, comms_channel, home.refresh)
    events = Events(asking, bot_user, comms_channel, comms.said_in_thread)
    bolt.event("message")(events.message)
    bolt.event("app_mention")(events.mention)
    bolt.event("app_home_opened", matchers=[_of_tab("home")])(home.opened)
    bolt.event("app_home_opened", matchers=[_of_tab("messages")])(events.suggest)
    bolt.command(COMMAND)(actions.command)
    bolt.message_shortcut(SHORTCUT)(_acknowledged(actions.shortcut))
    for pattern, press in _presses(actions, comms, home).items():
        bolt.action(re.compile(f"^({pattern})$"))(_acknowledged_press(press))
    for callback_id, form in {
        "add": actions.added,
        "tell": actions.told,
        "ask_about": actions.asked_about,
        "answer": comms.answered,
        "correct": comms.corrected,
        "publish": comms.published,
        "close": comms.closed,
    }.items():
        bolt.view(callback_id)(form)
    bolt.error(_mishap(asking))


def _presses(actions: Actions, comms: Comms, home: HomeTab) -> dict[str, Press]:
    """By the names that buttons and menus bear."""
    return {
        r"feedback": actions.feedback,
        r"(ask_comms|complain)(_unnamed)?": actions.to_comms,
        r"choose_\d+": actions.choice,
        r"clause_\d+": actions.clause,
        r"read_on": actions.read_on,
        r"share": actions.share,
        r"withdraw": actions.withdraw,
        r"add": actions.add,
        r"tell": actions.tell,
        "|".join(DEEDS): comms.step,
        r"answer": comms.answer,
        r"correct": comms.correct,
        r"publish": comms.publish,
        r"close": comms.close,
        r"send_reply": comms.send_reply,
        r"leave_reply": comms.leave_reply,
        r"choose_(role|naming|personal)": home.choose,
        r"switch_\d+": home.switch,
    }


def _acknowledged_press(press: Press) -> Callable[..., Awaitable[None]]:
    async def pressed(ack: AsyncAck, body: Json, action: Json) -> None:
        await press(body, action)
        await ack()

    return pressed


def _acknowledged(deed: Callable[[Json], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def done(ack: AsyncAck, body: Json) -> None:
        await deed(body)
        await ack()

    return done


def _of_tab(name: str) -> Callable[..., Awaitable[bool]]:
    async def is_tab(event: Json) -> bool:
        return bool(event["tab"] == name)

    return is_tab


def _mishap(asking: Asking) -> Callable[..., Awaitable[BoltResponse]]:
    async def failed(error: Exception, body: Json) -> BoltResponse:
        """Acknowledged all the same: its person is told, and Slack need not try again."""
        to = reply_target(body)
        asking.work.start(asking.teller.mishap(error, to), to)
        return BoltResponse(status=200, body="")

    return failed
