"""What a script needs of a surface: Slack, Teams and the web run the same scripts through it."""

from enum import StrEnum
from typing import Protocol


class Button(StrEnum):
    YES = "yes"
    YES_UNNAMED = "yes, unnamed"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not helpful"
    ANSWERS = "it answers"
    ANSWERS_NOT = "it does not answer"
    """The yes and the no to "Does this answer you?"."""
    FIRST_SECTION = "the first section answers"
    NONE = "none answers"


class Surface(Protocol):
    """`name` is a person's first name. What somebody is refused counts as seen."""

    def ask(self, name: str, text: str) -> None: ...

    def ask_unnamed(self, name: str, text: str) -> None: ...

    def ask_kept(self, name: str, text: str) -> None:
        """Comms are to see the personal data in it."""

    def press(self, name: str, button: Button) -> None:
        """About the last reply to this person."""

    def add(self, name: str, ref: str, text: str) -> None: ...

    def reply(self, name: str, ref: str, text: str) -> None:
        """In the thread of the case; where a surface has none, in the form that adds to it."""

    def withdraw(self, name: str, ref: str) -> None: ...

    def edit(self, name: str, text: str) -> None:
        """The person's last question."""

    def delete(self, name: str) -> None:
        """The person's last question."""

    def seen(self, name: str) -> str:
        """All that this person has been shown since they were last asked for here."""

    def comms(self, name: str, deed: str, *words: str) -> None:
        """A colleague of comms claims, answers, corrects, closes, reopens, publishes; "correct
        both" corrects the case and what was published from it in one step."""

    def told(self, name: str) -> str:
        """What the last deed of this colleague showed them."""

    def desk(self) -> str:
        """All cases as comms see them."""

    def switch(self, name: str, switch: str, state: str) -> None: ...

    def days_pass(self, days: int) -> None: ...

    def cut_off(self, name: str, text: str) -> None:
        """The bot dies after taking this question in, and starts again."""
