"""What the bot says when it is installed, and to "help": examples by role, and one's choices."""

from desk.model.case import Naming, PersonalData
from desk.model.preferences import Preferences
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
    "that answers, with its section. When I am not sure, the communications team answer you here."
)
IN_A_GROUP = "In a channel or a group chat, mention me: @{bot} and your question."
TRY = "Try one of these, or write your own:"
MORE = (
    "“unnamed: your question” hides your name from the communications team; “keep: your question” "
    "shows them the personal data in it; “my cases” lists what they have of yours."
)
CHOICES = "Who you are, and what comms see"
ROLE = "I am"
UNNAMED = "Never show my name to the communications team"
KEEP = "Show them e-mail addresses, numbers and postcodes that I write"
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


def welcome(chosen: Preferences, bot_name: str) -> Element:
    role = chosen.role or Role.STAFF
    body = [
        heading(HELLO),
        *words(HOW),
        *words(IN_A_GROUP.format(bot=bot_name)),
        box([*words(TRY, weight="Bolder"), *map(_examples, Role)]),
        *words(MORE, isSubtle=True),
    ]
    save = execute("Keep this", Verb.CHOOSE, {})
    return card(f"{HELLO}. {HOW}", body, [unfold(CHOICES, _choices(chosen, role), save)])


def _examples(role: Role) -> Element:
    asks = [row(each, Verb.ASK, {"text": each}) for each in EXAMPLES[role]]
    return box([*words(f"As {_article(role)}", isSubtle=True), *asks])


def _choices(chosen: Preferences, role: Role) -> list[Element]:
    return [
        choices("role", ROLE, {each.value: _article(each) for each in Role}, role.value),
        _toggle("unnamed", UNNAMED, on=chosen.naming is Naming.UNNAMED),
        _toggle("keep", KEEP, on=chosen.personal_data is PersonalData.KEPT),
    ]


def _toggle(name: str, title: str, *, on: bool) -> Element:
    value = "true" if on else "false"
    return {"type": "Input.Toggle", "id": name, "title": title, "value": value, "wrap": True}


def _article(role: Role) -> str:
    return "a member of staff" if role is Role.STAFF else f"a {role}"
