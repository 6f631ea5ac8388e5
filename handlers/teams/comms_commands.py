"""What comms may type in their channel, beside the buttons of the cards."""

import re
from collections.abc import Callable

from desk.services.switches import Switch
from handlers.conversation.desk_output import as_text
from handlers.conversation.staff_context import StaffContext

SENT = "Sent as the answer to {ref}."
NOTHING_ON = "No switch is on."


def run_command(office: StaffContext, typed: str) -> str | None:
    """What is said to it; None where it is no command."""
    for pattern, run in COMMANDS:
        if match := re.fullmatch(pattern, typed, re.IGNORECASE | re.DOTALL):
            return run(office, *match.groups())
    return None


def _list(office: StaffContext) -> str:
    return as_text(office.desk.casework.listed(), office)


def _answer(office: StaffContext, ref: str, text: str) -> str:
    return SENT.format(ref=office.desk.casework.answer(ref, office.by, text).ref)


def _retire(office: StaffContext, ref: str) -> str:
    return as_text(office.desk.publishing.retire(ref, office.by), office)


def _switch(office: StaffContext, state: str, name: str) -> str:
    switch = Switch(name.lower())
    switches = office.desk.switches
    turn = switches.turn_on if state.lower() == "on" else switches.turn_off
    turn(switch, office.by)
    return "\n\n".join(f"On: {on}." for on in sorted(switches.on())) or NOTHING_ON


COMMANDS: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"cases|list", _list),
    (r"answer (C-\d+):? (.+)", _answer),
    (r"retire (P-\d+)", _retire),
    (rf"turn (on|off):? ({'|'.join(Switch)})", _switch),
)
