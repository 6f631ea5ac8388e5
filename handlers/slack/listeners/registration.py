"""Which listener takes which event, press, form or command.

A listener's return acknowledges to Slack. By then what must not be lost is stored; what takes
longer goes on in BackgroundTasks.
"""

import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from handlers.slack.api_errors import may_work_later
from handlers.slack.blocks.asker_views import ASK_FORM
from handlers.slack.connection import BotIdentity
from handlers.slack.context import SlackContext
from handlers.slack.listeners.asker_actions import AskerActions
from handlers.slack.listeners.comms_actions import STEPS, CommsActions
from handlers.slack.listeners.comms_forms import CommsForms
from handlers.slack.listeners.home_tab import HomeTab
from handlers.slack.listeners.links import Links
from handlers.slack.listeners.messages import Messages
from handlers.slack.listeners.ways_to_ask import WaysToAsk
from handlers.slack.payloads import Json, reply_target
from handlers.slack.questions import Questions

COMMAND, SHORTCUT = "/policy", "ask_about"
RETRY = "x-slack-retry-num"
LAST_RETRY = "3"  # docs.slack.dev/apis/events-api: at once, after a minute, after five
Press = Callable[[Json, Json], Awaitable[None]]
Form = Callable[[AsyncAck, Json, Json], Awaitable[None]]


def register(bolt: AsyncApp, context: SlackContext, identity: BotIdentity) -> None:
    questions, home = Questions(context), HomeTab(context)
    asker = AskerActions(context, questions, home.refresh)
    ways = WaysToAsk(context, questions)
    comms, forms = CommsActions(context), CommsForms(context, home.refresh)
    messages = Messages(context, questions, comms.reply_below_card)
    bolt.middleware(_only_from(identity))
    bolt.event("message")(messages.message)
    bolt.event("app_mention")(messages.mention)
    bolt.event("app_home_opened", matchers=[_of_tab("home")])(home.opened)
    bolt.event("app_home_opened", matchers=[_of_tab("messages")])(messages.suggest)
    bolt.event("member_joined_channel")(comms.bot_joined)
    bolt.command(COMMAND)(ways.command)
    bolt.event("link_shared")(Links(context).shared)
    bolt.message_shortcut(SHORTCUT)(_acknowledged(ways.shortcut))
    bolt.global_shortcut(ASK_FORM)(_acknowledged(ways.open_form))
    for pattern, press in {**_asker_presses(asker, ways), **_comms_presses(comms, home)}.items():
        bolt.action(re.compile(f"^({pattern})$"))(_acknowledged_press(press))
    for callback_id, form in _forms(asker, ways, forms).items():
        bolt.view(callback_id)(form)
    bolt.error(_on_error(context, identity))


def _asker_presses(asker: AskerActions, ways: WaysToAsk) -> dict[str, Press]:
    """By the action of the button."""
    return {
        r"feedback(_yes)?": asker.feedback,
        r"section_\d+": asker.confirm,
        r"(ask_comms|complain)(_unnamed)?": asker.ask_comms,
        r"choose_\d+": ways.choice,
        r"example_\d+": ways.example,
        ASK_FORM: lambda body, _: ways.open_form(body),
        r"clause_\d+": asker.show_clause,
        r"read_on": asker.show_answer,
        r"share": asker.share,
        r"withdraw": asker.withdraw,
        r"add": asker.open_follow_up,
        r"remark": asker.open_remark,
    }


def _comms_presses(comms: CommsActions, home: HomeTab) -> dict[str, Press]:
    """By the action of the button or menu."""
    return {
        "|".join(STEPS): comms.step,
        r"answer": comms.open_answer,
        r"insert_draft": comms.insert_draft,
        r"correct": comms.open_correction,
        r"publish": comms.open_publication,
        r"close": comms.open_closing,
        r"send_reply": comms.send_reply,
        r"keep_reply": comms.keep_reply,
        r"choose_(role|naming|personal)": home.choose,
        r"switch_\d+": home.switch,
    }


def _forms(asker: AskerActions, ways: WaysToAsk, comms: CommsForms) -> dict[str, Form]:
    """By the callback_id of the modal."""
    return {
        "follow_up": asker.follow_up,
        "remark": asker.remark,
        SHORTCUT: ways.asked_about,
        ASK_FORM: ways.asked_in_form,
        "answer": comms.answer,
        "correct": comms.correct,
        "publish": comms.publish,
        "close": comms.close,
    }


def _only_from(identity: BotIdentity) -> Callable[..., Awaitable[BoltResponse | None]]:
    """One app may be installed in several workspaces, all of which sign with the same secret."""

    async def check(
        context: AsyncBoltContext,
        next: Callable[[], Awaitable[None]],  # noqa: A002 -- Bolt's name
    ) -> BoltResponse | None:
        if not identity.owns(context.team_id, context.enterprise_id):
            return _silence()
        await next()
        return None

    return check


def _acknowledged_press(press: Press) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Json, action: Json) -> None:
        await press(body, action)
        await ack()

    return listener


def _acknowledged(work: Callable[[Json], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    async def listener(ack: AsyncAck, body: Json) -> None:
        await work(body)
        await ack()

    return listener


def _of_tab(name: str) -> Callable[..., Awaitable[bool]]:
    async def is_tab(event: Json) -> bool:
        return bool(event["tab"] == name)

    return is_tab


def _on_error(slack: SlackContext, identity: BotIdentity) -> Callable[..., Awaitable[BoltResponse]]:
    async def failed(
        error: Exception, body: Json, context: AsyncBoltContext, request: AsyncBoltRequest
    ) -> BoltResponse:
        """The person is told, and Slack need not deliver it again; but where Slack could not be
        asked who the person is, it delivers the event again, so that nothing is lost."""
        if not identity.owns(context.team_id, context.enterprise_id):
            return _silence()
        last = request.headers.get(RETRY, ["0"])[0] == LAST_RETRY
        if "event" in body and may_work_later(error) and not last:
            return BoltResponse(status=503, body="")
        slack.start(body, slack.responder.report_error(error, reply_target(body)))
        return BoltResponse(status=200, body="")

    return failed


def _silence() -> BoltResponse:
    """Acknowledged, so that Slack does not deliver it again."""
    return BoltResponse(status=200, body="")
