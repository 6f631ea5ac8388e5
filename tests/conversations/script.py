"""Reads a scripted conversation and plays it on a surface.

A line is one step; `#` begins a remark. What somebody sees is what came to them since they
were last looked at.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from answer.assistant import Assistant
from tests.conversations.surface import Button, Surface
from tests.toy import POLICY
from tests.toy_bot import toy_assistant
from tests.toy_service import shared_assistant

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.txt"))

HEADERS = ("#", "policy:", "bank:", "policies:")
THEN = " ... "  # between the parts of "sees in order"
REF = r"(C-\d+|P-\d+)"

Step = Callable[..., None]


def policy(script: str) -> str:
    """The escalation policy that the script asks for in its first lines."""
    return "ask-first" if "policy: ask-first" in script.splitlines() else "automatic"


def bot(script: str) -> Assistant:
    """The toy bot, or the one that the script asks for in its first lines: without a question bank,
    over one policy or two."""
    lines = script.splitlines()
    if "bank: none" not in lines:
        return shared_assistant()
    other = replace(POLICY, name="other", title="Other rules")
    return toy_assistant((POLICY, other) if "policies: two" in lines else (POLICY,), questions=())


def play(script: str, surface: Surface) -> None:
    looks: dict[str, str] = {}
    for number, line in enumerate(script.splitlines(), start=1):
        if line.strip() and not line.startswith(HEADERS):
            _play(line, number, surface, looks)


def _play(line: str, number: int, surface: Surface, looks: dict[str, str]) -> None:
    for pattern, step in STEPS:
        match = re.fullmatch(pattern, line)
        if match:
            step(surface, *match.groups())
            looks.clear()
            return
    for pattern, look, holds in LOOKS:
        match = re.fullmatch(pattern, line)
        if match:
            *who, words = match.groups()
            key = " ".join([look.__name__, *who])
            if key not in looks:
                looks[key] = look(surface, *who)
            assert holds(words, looks[key]), f"line {number}: {line}\n--- shown:\n{looks[key]}"
            return
    raise AssertionError(f"line {number} is no step: {line}")


def _ask(surface: Surface, name: str, text: str) -> None:
    surface.ask(name, text)


def _ask_unnamed(surface: Surface, name: str, text: str) -> None:
    surface.ask_unnamed(name, text)


def _ask_kept(surface: Surface, name: str, text: str) -> None:
    surface.ask_kept(name, text)


def _press(surface: Surface, name: str, button: str) -> None:
    surface.press(name, Button(button))


def _add(surface: Surface, name: str, ref: str, text: str) -> None:
    surface.add(name, ref, text)


def _reply(surface: Surface, name: str, ref: str, text: str) -> None:
    surface.reply(name, ref, text)


def _correct_both(surface: Surface, name: str, ref: str, words: str) -> None:
    surface.comms(name, "correct both", ref, words)


def _withdraw(surface: Surface, name: str, ref: str) -> None:
    surface.withdraw(name, ref)


def _edit(surface: Surface, name: str, text: str) -> None:
    surface.edit(name, text)


def _delete(surface: Surface, name: str) -> None:
    surface.delete(name)


def _comms(surface: Surface, name: str, deed: str, ref: str, words: str | None) -> None:
    surface.comms(name, deed, ref, *([words] if words else []))


def _switch(surface: Surface, name: str, state: str, switch: str) -> None:
    surface.switch(name, switch, state)


def _days(surface: Surface, days: str) -> None:
    surface.days_pass(int(days))


def _cut_off(surface: Surface, name: str, text: str) -> None:
    surface.cut_off(name, text)


def _seen(surface: Surface, name: str) -> str:
    return surface.seen(name)


def _told(surface: Surface, name: str) -> str:
    return surface.told(name)


def _desk(surface: Surface) -> str:
    return surface.desk()


def _is_shown(words: str, shown: str) -> bool:
    return words in shown


def _is_not_shown(words: str, shown: str) -> bool:
    return words not in shown


def _are_in_order(words: str, shown: str) -> bool:
    """Whether each of the parts of `words` is shown, the first one first."""
    for part in words.split(THEN):
        _, found, shown = shown.partition(part)
        if not found:
            return False
    return True


STEPS: tuple[tuple[str, Step], ...] = (
    (r"(\w+) asks: (.+)", _ask),
    (r"(\w+) asks unnamed: (.+)", _ask_unnamed),
    (r"(\w+) asks, personal data kept: (.+)", _ask_kept),
    (r"(\w+) asks, and the bot is cut off: (.+)", _cut_off),
    (rf"(\w+) says ({'|'.join(Button)})", _press),
    (rf"(\w+) replies to {REF}: (.+)", _reply),
    (rf"(\w+) corrects {REF} and its published answer: (.+)", _correct_both),
    (rf"(\w+) adds to {REF}: (.+)", _add),
    (rf"(\w+) withdraws {REF}", _withdraw),
    (r"(\w+) edits the question: (.+)", _edit),
    (r"(\w+) deletes the question", _delete),
    (rf"(\w+) (claim|answer|correct|close|reopen|publish|retire)e?s {REF}(?:: (.+))?", _comms),
    (r"(\w+) turns (on|off): (.+)", _switch),
    (r"(\d+) days pass", _days),
)
LOOKS: tuple[tuple[str, Callable[..., str], Callable[[str, str], bool]], ...] = (
    (r"(\w+) sees: (.+)", _seen, _is_shown),
    (r"(\w+) sees in order: (.+)", _seen, _are_in_order),
    (r"(\w+) does not see: (.+)", _seen, _is_not_shown),
    (r"(\w+) is told: (.+)", _told, _is_shown),
    (r"The desk shows: (.+)", _desk, _is_shown),
    (r"The desk does not show: (.+)", _desk, _is_not_shown),
)
