"""Which labels are believed: "A. Smith" and "3. The policy" in mid-sentence begin no item."""

from collections.abc import Iterable

from knowledge.parsing.lines import Line
from knowledge.parsing.markers import Marked, Marker, Style, marked

_GAP = 3
Step = tuple[Style, str, int]


class Labels:
    """Knows every label the file prints, and those believed so far."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._printed = {_step(marker) for line in lines for marker in _readings(line.text)}
        self._believed: set[Step] = set()

    def believe(self, label: Marked) -> None:
        self._believed.update(_step(marker) for marker in label.readings)

    def at_start(self, text: str) -> Marked | None:
        return self._checked(text, after_blank=True)

    def within(self, text: str) -> Marked | None:
        """The label at the start of a line that follows another without a blank line."""
        return self._checked(text, after_blank=False)

    def of_heading(self, title: str) -> Marked | None:
        label = self._checked(title, after_blank=False)
        return label if label and label.rest else None

    def _checked(self, text: str, *, after_blank: bool) -> Marked | None:
        label = marked(text)
        if label is None:
            return None
        if label.readings[0].style in (Style.NAMED, Style.CODE):
            return label
        if after_blank and _is_plain(label.readings[0]):
            return label
        return label if any(self._in_order(marker, label) for marker in label.readings) else None

    def _in_order(self, marker: Marker, label: Marked) -> bool:
        if marker.brackets == "" and not _could_be_title(label.rest):
            return False
        if marker.ordinal <= 1:
            return not _may_be_words(marker) or _step(marker, 1) in self._printed
        return any(_step(marker, -gap) in self._believed for gap in range(_GAP + 1))


def _is_plain(marker: Marker) -> bool:
    """A label wherever it begins a paragraph, as "1." and "(a)" are; "A." may be an initial."""
    return ")" in marker.brackets or (marker.style is Style.NUMBER and marker.brackets != "")


def _may_be_words(marker: Marker) -> bool:
    """As in "A. Smith", "1 Castle Street", "A1 posters": a label if the next is printed too."""
    if marker.style in (Style.LETTER, Style.ROMAN):
        return marker.brackets == "."
    return marker.brackets == "" and "." not in marker.label


def _step(marker: Marker, distance: int = 0) -> Step:
    return marker.style, marker.stem, marker.ordinal + distance


def _readings(text: str) -> tuple[Marker, ...]:
    label = marked(text.lstrip("#*_ ")) if text else None
    return label.readings if label else ()


def _could_be_title(rest: str) -> bool:
    return rest[:1].isupper() or rest[:1] in '“"‘('
