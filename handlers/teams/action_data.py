"""What a button of a card sends: the button's own data, and what is filled in on the card."""

from dataclasses import dataclass

from handlers.teams.activity import Json, string
from knowledge.errors import BadInput

LONGEST_REFERENCE = 200  # characters of what no person writes: references, ids, choices
TOO_LONG = "That is too long: please use at most {limit} characters."
NO_NUMBER = "This button is out of date. Please ask your question again."


@dataclass(frozen=True, slots=True)
class ActionData:
    """A person can change what their client sends, so nothing of it is taken on trust."""

    sent: Json

    def text(self, name: str, longest: int = LONGEST_REFERENCE) -> str:
        """Empty if it was not sent. `longest` in characters. Raises BadInput."""
        return limited(string(self.sent.get(name)), longest)

    def number(self, name: str) -> int:
        """Raises BadInput."""
        value = self.sent.get(name)
        if not isinstance(value, int) or not 0 < value < 2**63:
            raise BadInput(NO_NUMBER)
        return value

    def is_on(self, name: str) -> bool:
        """Whether this switch of the card is on."""
        return self.sent.get(name) == "true"


def limited(text: str, longest: int) -> str:
    """`text` unless it is longer. Raises BadInput."""
    if len(text) > longest:
        raise BadInput(TOO_LONG.format(limit=longest))
    return text
