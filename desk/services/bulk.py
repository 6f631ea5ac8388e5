"""The same step for several cases. Each is taken by itself: one that is refused holds up no other,
and each case has its own record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.model.case import Case, Quote
from desk.model.errors import Refused, TooMany
from desk.model.people import Person
from desk.model.text import required
from desk.services.casework import Casework
from desk.services.undo import Undo

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class ChosenCase:
    """`version` is that of the case as the colleague saw it."""

    ref: str
    version: int


@dataclass(frozen=True, slots=True)
class RefusedCase:
    """`why` is a sentence for the colleague."""

    ref: str
    why: str


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """`done` are the cases as they are after the step."""

    done: tuple[Case, ...]
    refused: tuple[RefusedCase, ...]


class Bulk:
    """A form that is sent twice takes each step once, as Casework and Undo do. Raises TooMany for
    more than a hundred cases, before it begins."""

    def __init__(self, casework: Casework, undo: Undo) -> None:
        self._casework = casework
        self._undo = undo

    def answer(
        self, chosen: Sequence[ChosenCase], by: Person, text: str, cited: tuple[Quote, ...] = ()
    ) -> BulkOutcome:
        """Raises NothingSaid and TooLong."""
        said = required(text, "An answer")
        return _each(
            chosen,
            lambda each: self._casework.answer(
                each.ref, by, said, cited, expected_version=each.version
            ),
        )

    def close(self, chosen: Sequence[ChosenCase], by: Person, reason: str) -> BulkOutcome:
        """Raises NothingSaid and TooLong."""
        given = required(reason, "A reason")
        return _each(
            chosen,
            lambda each: self._casework.close(each.ref, by, given, expected_version=each.version),
        )

    def undo(self, chosen: Sequence[ChosenCase], by: Person) -> BulkOutcome:
        """Take the answers to these cases back."""
        return _each(
            chosen,
            lambda each: self._undo.undo(each.ref, by, expected_version=each.version),
        )


def _each(chosen: Sequence[ChosenCase], take: Callable[[ChosenCase], Case]) -> BulkOutcome:
    if len(chosen) > MOST_AT_ONCE:
        raise TooMany(f"Choose at most {MOST_AT_ONCE} cases at once. You chose {len(chosen)}.")
    done, refused = [], []
    for each in dict.fromkeys(chosen):
        try:
            done.append(take(each))
        except Refused as refusal:
            refused.append(RefusedCase(each.ref, str(refusal)))
    return BulkOutcome(tuple(done), tuple(refused))
