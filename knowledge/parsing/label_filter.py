"""Which labels are accepted: "A. Smith" and "3. The policy" in mid-sentence begin no item."""

import re
from collections.abc import Iterable

from knowledge.parsing.lines import Line
from knowledge.parsing.markers import Marked, Marker, Style, labelled, marked

_GAP = 3
_DEEP = re.compile(r"[./]\d{1,3}[./]\d|[./]\d{1,3}[a-z]\b")
_CODED = re.compile(r"[A-Z]{1,4}\d{1,3}\.\d|\d{1,3}-\d")
Step = tuple[Style, str, int]


class Labels:
    """Knows every label the file prints, and those accepted so far."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._printed = {_step(marker) for line in lines for marker in _readings(line)}
        self._accepted: set[Step] = set()
        self._names: set[str] = set()

    def accept(self, label: Marked) -> None:
        self._accepted.update(_step(marker) for marker in label.readings)
        self._names.update(marker.label for marker in label.readings)

    def at_start(self, text: str) -> Marked | None:
        return self._checked(text, after_blank=True)

    def within(self, text: str) -> Marked | None:
        """The label at the start of a line that follows another without a blank line."""
        return self._checked(text, after_blank=False)

    def of_heading(self, title: str) -> Marked | None:
        label = self._checked(title, after_blank=False) or self._of_certain_heading(title)
        alone = label is not None and label.readings[0].style in (Style.NAMED, Style.CODE)
        return label if label and (label.rest or alone) else None

    def alone(self, text: str) -> Marked | None:
        """The label that is all the text, as in a table's cell: "4.2" or "(a)"."""
        label = marked(text)
        return label if label and not label.rest else None

    def _of_certain_heading(self, title: str) -> Marked | None:
        """A heading may begin its numbers anywhere: "7. Leave" in an extract."""
        label = marked(title)
        if label is None or label.readings[0].style not in (Style.NUMBER, Style.DECIMAL):
            return None
        return label if label.readings[0].brackets or _is_deep(label) else None

    def _checked(self, text: str, *, after_blank: bool) -> Marked | None:
        label = marked(text)
        if label is None:
            return None
        if label.readings[0].style in (Style.NAMED, Style.CODE):
            return label
        if after_blank and _is_plain(label.readings[0]):
            return label
        if after_blank and not label.rest and label.readings[0].style is Style.DECIMAL:
            return label
        if after_blank and _is_decimal_label(label):
            return label
        return label if any(self._in_order(marker, label) for marker in label.readings) else None

    def _in_order(self, marker: Marker, label: Marked) -> bool:
        if marker.brackets == "" and not self._may_be_bare(marker, label):
            return False
        if marker.ordinal <= 1:
            return not _may_be_words(marker) or _step(marker, 1) in self._printed
        if marker.style is Style.DECIMAL and marker.stem in self._names and _is_deep(label):
            return True
        return any(_step(marker, -gap) in self._accepted for gap in range(_GAP + 1))

    def _may_be_bare(self, marker: Marker, label: Marked) -> bool:
        """A label without a full stop stands before a capital or apart from its text; decimals
        may also count on in a list: "2.4 anything that"."""
        if marker.style in (Style.LETTER, Style.ROMAN) and not label.apart:
            return _could_be_title(label.rest) and _step(marker, -1) in self._accepted
        if not label.rest or _could_be_title(label.rest) or label.apart:
            return True
        return marker.style is Style.DECIMAL and self._counts_on(marker)

    def _counts_on(self, marker: Marker) -> bool:
        if marker.ordinal > 1:
            return _step(marker, -1) in self._accepted
        return marker.stem in self._names and _step(marker, 1) in self._printed


def _is_deep(label: Marked) -> bool:
    """ "4.1.2", which hardly begins a sentence, unlike "4.1" and "4"."""
    return _DEEP.search(label.readings[0].label) is not None


def _is_decimal_label(label: Marked) -> bool:
    """A label at the beginning of a paragraph: "4.1.2", "M7.4 Minutes"."""
    coded = _CODED.match(label.readings[0].label) is not None and _could_be_title(label.rest)
    return coded or (_is_deep(label) and bool(label.readings[0].stem))


def _is_plain(marker: Marker) -> bool:
    """A label wherever it begins a paragraph, as "1." and "(a)" are; "A." may be an initial."""
    if marker.style is Style.DECIMAL:
        return False
    return ")" in marker.brackets or "]" in marker.brackets or _is_numbered(marker)


def _is_numbered(marker: Marker) -> bool:
    return marker.style is Style.NUMBER and marker.brackets != ""


def _may_be_words(marker: Marker) -> bool:
    """As in "A. Smith", "1 Castle Street", "A1 posters": a label if the next is printed too."""
    if marker.style in (Style.LETTER, Style.ROMAN):
        return marker.brackets in ("", ".", ":", "–", "—", "-")
    return marker.brackets in ("", ".") and "." not in marker.label


def _step(marker: Marker, distance: int = 0) -> Step:
    return marker.style, marker.stem, marker.ordinal + distance


def _readings(line: Line) -> tuple[Marker, ...]:
    if line.label:
        label = labelled(line.label, line.text)
    else:
        first_cell = line.cells[0] if line.cells else line.text
        label = marked(first_cell.lstrip("-*•– "))
    return label.readings if label else ()


def _could_be_title(rest: str) -> bool:
    return rest[:1].isupper() or rest[:1] in '“"‘('
