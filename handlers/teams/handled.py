"""What an activity leads to."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.teams.activity import Json
from handlers.teams.cards.elements import Element
from handlers.teams.messages import card_message, text_message

Continuation = Callable[[], object]
"""The slow rest of an activity, such as looking for the answer. By then it cannot be lost."""


@dataclass(frozen=True, slots=True)
class Handled:
    """`reply`: a message to where the activity came from. `body`: the answer to an invoke.
    `is_lost`: it failed before anything was stored."""

    reply: Json | None = None
    body: Json | None = None
    continuation: Continuation | None = None
    is_lost: bool = False


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What a button leads to. `note`: a line for the person who pressed. `instead`: a card in the
    place of the one that was pressed. `follows`: a new message."""

    note: str = ""
    instead: Element | None = None
    follows: Json | None = None
    continuation: Continuation | None = None


NOTHING = Handled()


def replied(answer: str | Element) -> Handled:
    """With a sentence or a card."""
    return Handled(text_message(answer) if isinstance(answer, str) else card_message(answer))
