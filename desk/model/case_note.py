"""Notes of comms on a case, which no asker is shown, and the colleagues whom they mention."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.model.people import PersonRef

LONGEST_NOTE = 4_000  # characters
MOST_NOTES = 200  # on one case


@dataclass(frozen=True, slots=True)
class CaseNote:
    id: int
    case_id: int
    person: PersonRef
    at: datetime
    text: str

    @property
    def ref(self) -> str:
        """Of the case."""
        return f"C-{self.case_id}"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works on cases. No two have the same `label`: their name, and where two have
    one name also where they sign in."""

    person: PersonRef
    label: str


def mentioned(text: str, colleagues: Sequence[Colleague]) -> tuple[Colleague, ...]:
    """Those whose label stands in the text after an @, in any case of letters. Of two labels that
    fit, the longer one is meant."""
    by_label = {each.label.casefold(): each for each in colleagues}
    if not by_label:
        return ()
    longest_first = sorted(by_label, key=len, reverse=True)
    pattern = f"@({'|'.join(map(re.escape, longest_first))})(?!\\w)"
    found = dict.fromkeys(re.findall(pattern, text.casefold()))
    return tuple(by_label[label] for label in found)
