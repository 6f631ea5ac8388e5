"""What comms can type in their channel, beside the buttons of the cards."""

import re
from collections.abc import Callable

from desk.services.switches import Switch
from handlers.conversation.desk_output import as_text
from handlers.conversation.staff_context import StaffContext
from handlers.teams.action_data import limited
from handlers.teams.cards.case_forms import LONGEST_ANSWER

SENT = "Sent as the answer to {ref}."
TAKEN_OVER = "{ref} is with you now."
NOTHING_ON = "No switch is on."


def run_command(staff: StaffContext, typed: str) -> str | None:
    """The answer to a command; None where it is none."""
    for pattern, run in COMMANDS:
        if match := re.fullmatch(pattern, typed, re.IGNORECASE | re.DOTALL):
            return run(staff, *match.groups())
    return None


def _answer(staff: StaffContext, ref: str, text: str) -> str:
    answer = limited(text, LONGEST_ANSWER)
    return SENT.format(ref=staff.desk.casework.answer(ref, staff.by, answer).ref)


def _take_over(staff: StaffContext, ref: str) -> str:
    return TAKEN_OVER.format(ref=staff.desk.casework.take_over(ref, staff.by).ref)


def _retire(staff: StaffContext, ref: str) -> str:
    return as_text(staff.desk.publishing.retire(ref, staff.by), staff)


def _switch(staff: StaffContext, state: str, name: str) -> str:
    switch = Switch(name.lower())
    switches = staff.desk.switches
    turn = switches.turn_on if state.lower() == "on" else switches.turn_off
    turn(switch, staff.by)
    return "\n\n".join(f"On: {on}." for on in sorted(switches.on())) or NOTHING_ON


COMMANDS: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"answer (C-[0-9]{1,9}):? (.+)", _answer),
    (r"take over (C-[0-9]{1,9})", _take_over),
    (r"retire (P-[0-9]{1,9})", _retire),
    (rf"turn (on|off):? ({'|'.join(Switch)})", _switch),
)
