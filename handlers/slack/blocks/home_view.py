"""The App Home: what the bot is for, one's cases and choices, and for comms the open cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, Option, StaticSelectElement
from slack_sdk.models.views import View

from desk.model.case import PENDING, Case, Naming, PersonalData
from desk.model.hours import OfficeHours
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.conversation import button_labels, case_wording
from handlers.slack.blocks.asker_views import ASK_POLICY
from handlers.slack.blocks.block_kit import (
    actions,
    button,
    context,
    divider,
    fitted_view,
    header,
    paragraphs,
    plain_text,
)
from handlers.slack.blocks.reply_blocks import add_button, withdraw_button
from handlers.slack.mrkdwn import cut
from knowledge.policy import Role

PURPOSE = (
    "Ask me what the policy says, in your own words: here under Messages, by mentioning me in a "
    "channel, or with /policy for an answer that only you see. I quote the sentence that answers, "
    "with its section. When I am not sure, I ask the communications team for you."
)
EXAMPLES = {
    Role.STAFF: "Can I use the council logo on my personal blog?",
    Role.MANAGER: "What do I do about a post by somebody in my team?",
    Role.COUNCILLOR: "May I tweet during a council meeting?",
}
PRESS_EXAMPLE = "Ask, or press an example. The answer comes under Messages; only you see it."
ABOUT = "What I do"
YOUR_CHOICES = "How I treat your questions"
YOUR_CASES = "Your cases"
OPEN_CASES = "Open cases"
NO_OPEN_CASES = "No open cases."
SWITCHES = "Settings for everybody"
MOST_CASES = 10
LONGEST_LINE = 200
PERSONAL: Mapping[str, str] = {
    PersonalData.MASKED: "Mask e-mail addresses, numbers and postcodes",
    PersonalData.KEPT: button_labels.SHARE_CONTACT_DETAILS,
}
NAMES: Mapping[str, str] = {
    Naming.NAMED: "Show my name",
    Naming.UNNAMED: button_labels.ASK_UNNAMED,
}
TURN_ON = {Switch.HAND_EVERYTHING_OVER: "Hand everything over", Switch.OFF: "Turn the bot off"}
TURN_OFF = {
    Switch.HAND_EVERYTHING_OVER: "Let the bot answer again",
    Switch.OFF: "Turn the bot on again",
}
IS_ON = "On: {switch}."
BY_GROUPS = "by groups"


@dataclass(frozen=True, slots=True)
class CommsSection:
    """What a colleague of comms sees besides."""

    open_cases: tuple[Case, ...]
    switches_on: frozenset[Switch]


@dataclass(frozen=True, slots=True)
class HomeContent:
    """`role` is the one in force, by choice or by group."""

    role: Role
    preferences: Preferences
    cases: tuple[Case, ...]
    comms: CommsSection | None


def home(content: HomeContent, hours: OfficeHours, now: datetime) -> View:
    blocks = [header(ABOUT), *paragraphs(PURPOSE), *_examples(content.role)]
    blocks += [*_choices(content), *_cases(content.cases)]
    if content.comms is not None:
        blocks += _comms(content.comms, hours, now)
    return View(type="home", blocks=fitted_view(blocks))


def _examples(role: Role) -> list[Block]:
    """Those of the role first. Pressed, they are asked in the direct message."""
    others = [example for each, example in EXAMPLES.items() if each is not role]
    asked = [EXAMPLES[role], *others]
    buttons = [button(f"example_{number}", each, each) for number, each in enumerate(asked)]
    return [*context(PRESS_EXAMPLE), *actions([button("ask_policy", ASK_POLICY, "form"), *buttons])]


def _choices(content: HomeContent) -> list[Block]:
    chosen = content.preferences
    roles = {BY_GROUPS: f"My role: as my groups say ({content.role})"}
    roles |= {str(role): f"My role: {role}" for role in Role}
    menus = [
        _menu("choose_role", roles, chosen.role or BY_GROUPS),
        _menu("choose_naming", NAMES, chosen.naming),
        _menu("choose_personal", PERSONAL, chosen.personal_data),
    ]
    return [divider(), header(YOUR_CHOICES), *actions(menus)]


def _cases(cases: tuple[Case, ...]) -> list[Block]:
    blocks = [divider(), header(YOUR_CASES)]
    for case in cases[:MOST_CASES]:
        withdraw = [withdraw_button(case.ref)] if case.status in PENDING else []
        blocks += [*paragraphs(_own_case(case)), *actions([add_button(case.ref), *withdraw])]
    return blocks if cases else [*blocks, *paragraphs(case_wording.NO_CASES)]


def _own_case(case: Case) -> str:
    """Without the words of a case that others share: they may be somebody else's."""
    question = f"  “{cut(case.question, LONGEST_LINE)}”" if len(case.askers) == 1 else ""
    return f"{case.ref}  {case.status}{question}"


def _comms(comms: CommsSection, hours: OfficeHours, now: datetime) -> list[Block]:
    blocks = [divider(), header(OPEN_CASES)]
    blocks += [] if comms.open_cases else paragraphs(NO_OPEN_CASES)
    for case in comms.open_cases[:MOST_CASES]:
        holder = f", with {case.holder.name}" if case.holder and case.holder.name else ""
        due = hours.phrase(case.due_at, now)
        question = cut(case.question, LONGEST_LINE)
        blocks += paragraphs(f"{case.ref}  {case.status}{holder}, due {due}  “{question}”")
        blocks += actions([button("answer", f"Answer {case.ref}", case.ref)])
    return blocks + _switches(comms.switches_on)


def _switches(on: frozenset[Switch]) -> list[Block]:
    buttons = [
        _switch(number, TURN_OFF[switch], f"off {switch}")
        if switch in on
        else _switch(number, TURN_ON[switch], f"on {switch}")
        for number, switch in enumerate(Switch)
    ]
    state = [block for switch in sorted(on) for block in paragraphs(IS_ON.format(switch=switch))]
    return [divider(), header(SWITCHES), *state, *actions(buttons)]


def _switch(number: int, label: str, value: str) -> ButtonElement:
    return button(f"switch_{number}", label, value, confirm="Yes")


def _menu(action_id: str, labels: Mapping[str, str], chosen: str) -> StaticSelectElement:
    options = {
        value: Option(text=plain_text(label), value=value) for value, label in labels.items()
    }
    return StaticSelectElement(
        action_id=action_id, options=list(options.values()), initial_option=options[chosen]
    )
