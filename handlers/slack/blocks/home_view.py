"""The App Home: what the bot is for, one's own cases and choices, and for comms the open ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.model.case import PENDING, Case, Naming, PersonalData
from desk.model.hours import OfficeHours
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.slack.blocks.block_kit import (
    Block,
    actions,
    button,
    confirmed,
    divider,
    fitted_view,
    plain,
    small,
    title,
    words,
)
from handlers.slack.mrkdwn import cut
from knowledge.policy import Role

PURPOSE = (
    "Ask me what the policy says, in your own words: here under Messages, by mentioning me in a "
    "channel, or with /policy for an answer that only you see. I quote the sentence that answers, "
    "with its section. When I am not sure, the communications team answer you."
)
EXAMPLES = {
    Role.STAFF: "Can I use the council logo on my personal blog?",
    Role.MANAGER: "What do I do about a post by somebody in my team?",
    Role.COUNCILLOR: "May I tweet during a council meeting?",
}
NO_CASES = "Nothing of yours is with the communications team."
NO_OPEN_CASES = "No case waits."
MOST_CASES = 10
LONGEST_LINE = 200
PERSONAL: Mapping[str, str] = {
    PersonalData.MASKED: "Mask e-mail addresses, numbers and postcodes",
    PersonalData.KEPT: "Show my words as they are",
}
NAMES: Mapping[str, str] = {
    Naming.NAMED: "Show my name",
    Naming.UNNAMED: "Ask without my name",
}
TURN_ON = {Switch.HAND_EVERYTHING_OVER: "Hand everything over", Switch.OFF: "Turn the bot off"}
TURN_OFF = {
    Switch.HAND_EVERYTHING_OVER: "Answer by yourself again",
    Switch.OFF: "Turn the bot on again",
}
UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class OfComms:
    """What a colleague of comms sees besides."""

    waiting: tuple[Case, ...]
    switches: frozenset[Switch]


@dataclass(frozen=True, slots=True)
class Visitor:
    """`role` is what holds at the moment, by choice or by group."""

    role: Role
    chosen: Preferences
    cases: tuple[Case, ...]
    comms: OfComms | None


def home(visitor: Visitor, hours: OfficeHours, now: datetime) -> Block:
    blocks = [title("What I am for"), *words(PURPOSE), *_examples(visitor.role)]
    blocks += [*_choices(visitor), *_cases(visitor.cases)]
    if visitor.comms is not None:
        blocks += _comms(visitor.comms, hours, now)
    return {"type": "home", "blocks": fitted_view(blocks)}


def _examples(role: Role) -> list[Block]:
    others = [example for each, example in EXAMPLES.items() if each is not role]
    return small("For example: " + "  ".join(f"“{each}”" for each in [EXAMPLES[role], *others]))


def _choices(visitor: Visitor) -> list[Block]:
    chosen = visitor.chosen
    roles = {UNSAID: f"My role: as my groups say ({visitor.role})"}
    roles |= {str(role): f"My role: {role}" for role in Role}
    selects = [
        _select("choose_role", roles, chosen.role or UNSAID),
        _select("choose_naming", NAMES, chosen.naming),
        _select("choose_personal", PERSONAL, chosen.personal_data),
    ]
    return [divider(), title("How I treat your questions"), *actions(selects)]


def _cases(cases: tuple[Case, ...]) -> list[Block]:
    blocks = [divider(), title("My questions and cases")]
    for case in cases[:MOST_CASES]:
        blocks += words(_mine(case))
        pending = case.status in PENDING
        taking = [_withdraw(case.ref)] if pending else []
        blocks += actions([button("add", f"Add to {case.ref}", case.ref), *taking])
    return blocks if cases else [*blocks, *words(NO_CASES)]


def _mine(case: Case) -> str:
    """Without the words of a case that others share: they may be somebody else's."""
    said = f"  “{cut(case.question, LONGEST_LINE)}”" if len(case.askers) == 1 else ""
    return f"{case.ref}  {case.status}{said}"


def _withdraw(ref: str) -> Block:
    return confirmed(
        button("withdraw", f"Withdraw {ref}", ref), f"Withdraw {ref}?", "Withdraw", "Keep"
    )


def _comms(comms: OfComms, hours: OfficeHours, now: datetime) -> list[Block]:
    blocks = [divider(), title("Open cases"), *([] if comms.waiting else words(NO_OPEN_CASES))]
    for case in comms.waiting[:MOST_CASES]:
        holder = f", with {case.holder.name}" if case.holder and case.holder.name else ""
        due = hours.phrase(case.due_at, now)
        said = cut(case.question, LONGEST_LINE)
        blocks += words(f"{case.ref}  {case.status}{holder}  due {due}  “{said}”")
        blocks += actions([button("answer", f"Answer {case.ref}", case.ref)])
    return blocks + _switches(comms.switches)


def _switches(on: frozenset[Switch]) -> list[Block]:
    buttons = [
        _switch(number, TURN_OFF[switch], f"off {switch}")
        if switch in on
        else _switch(number, TURN_ON[switch], f"on {switch}")
        for number, switch in enumerate(Switch)
    ]
    told = [block for switch in sorted(on) for block in words(f"On: {switch}.")]
    return [divider(), title("For everybody at once"), *told, *actions(buttons)]


def _switch(number: int, label: str, value: str) -> Block:
    return confirmed(button(f"switch_{number}", label, value), f"{label}?", "Yes", "No")


def _select(action: str, labels: Mapping[str, str], chosen: str) -> Block:
    options = {value: _option(value, label) for value, label in labels.items()}
    return {
        "type": "static_select",
        "action_id": action,
        "options": list(options.values()),
        "initial_option": options[chosen],
    }


def _option(value: str, label: str) -> Block:
    return {"text": plain(label), "value": value}
