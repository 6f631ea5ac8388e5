"""What the bot says when it is installed and to "help", to askers and to comms."""

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
from desk.services.switches import Switch
from handlers.conversation.button_labels import ASK_UNNAMED, SHARE_CONTACT_DETAILS
from handlers.teams.cards.elements import (
    Element,
    box,
    card,
    choices,
    execute,
    heading,
    row,
    unfold,
    words,
)
from handlers.teams.verbs import Verb
from knowledge.policy import Role

HELLO = "Ask me what the council's policies say"
HOW = (
    "Write as you would ask a colleague: what you want to do, and where. I quote the sentence "
    "that answers, with its section. When I am not sure, the communications team answers you here."
)
IN_A_GROUP = "In a channel or a group chat, mention me: @{bot} and your question."
TRY = "Try one of these, or write your own:"
MORE = (
    "“unnamed: your question” hides your name from the communications team. “keep: your question” "
    "shows them the e-mail addresses, numbers and postcodes in it. “my cases” lists the questions "
    "that you have with them."
)
CHOICES = "Role and privacy"
ROLE = "I am"
SAVE = "Save"
EXAMPLES = {
    Role.STAFF: (
        "Can I use the council logo on my personal blog?",
        "A journalist messaged me. What do I do?",
    ),
    Role.MANAGER: (
        "What am I responsible for when my team use social media?",
        "What do I do about a complaint over a member of my team's post?",
    ),
    Role.COUNCILLOR: (
        "Can I use my phone to tweet during a meeting?",
        "May I use my council account in an election campaign?",
    ),
}
COMMS = "You are shown the cases here"
COMMS_HOW = (
    "Each new case is a card, which is kept up to date. On it you can claim, answer, correct, "
    "publish, close and reopen the case. What you write in the thread of a card, with a mention of "
    "me, is sent as the answer to everybody who asked. Any other mention of me is a question about "
    "the policy."
)
COMMS_CAN_TYPE = "You can also mention me and type:"
COMMS_COMMANDS = {
    "cases": "lists the cases that wait for an answer, each with a way to its card",
    "answer C-12: your answer": "answers that case",
    "take over C-12": "gives you a case that a colleague has claimed",
    "retire P-3": "stops giving a published answer",
    f"turn on: {Switch.OFF}": f"switches me off; “turn off: {Switch.OFF}” switches me on again",
    f"turn on: {Switch.HAND_EVERYTHING_OVER}": "sends every question to you",
}


def welcome(chosen: Preferences, bot_name: str) -> Element:
    role = chosen.role or Role.STAFF
    body = [
        heading(HELLO),
        *words(HOW),
        *words(IN_A_GROUP.format(bot=bot_name)),
        box([*words(TRY, weight="Bolder"), *map(_examples, Role)]),
        *words(MORE, isSubtle=True),
    ]
    save = execute(SAVE, Verb.CHOOSE, {})
    return card(f"{HELLO}. {HOW}", body, [unfold(CHOICES, _choices(chosen, role), save)])


def comms_help() -> Element:
    commands = [f"“{typed}” {effect}." for typed, effect in COMMS_COMMANDS.items()]
    listed = [line for command in commands for line in words(command)]
    body = [heading(COMMS), *words(COMMS_HOW), box([*words(COMMS_CAN_TYPE), *listed])]
    return card(f"{COMMS}. {COMMS_HOW}", body)


def _examples(role: Role) -> Element:
    buttons = [row(each, Verb.ASK, {"text": each}) for each in EXAMPLES[role]]
    return box([*words(f"As {_with_article(role)}", isSubtle=True), *buttons])


def _choices(chosen: Preferences, role: Role) -> list[Element]:
    return [
        choices("role", ROLE, {each.value: _with_article(each) for each in Role}, role.value),
        _toggle("unnamed", ASK_UNNAMED, on=chosen.naming is Naming.UNNAMED),
        _toggle("keep", SHARE_CONTACT_DETAILS, on=chosen.personal_data is PersonalData.KEPT),
    ]


def _toggle(name: str, title: str, *, on: bool) -> Element:
    value = "true" if on else "false"
    return {"type": "Input.Toggle", "id": name, "title": title, "value": value, "wrap": True}


def _with_article(role: Role) -> str:
    return "a member of staff" if role is Role.STAFF else f"a {role}"
