"""Joins the label of a part to those of the parts around it: "4(c)", "Article IV(a)"."""

from collections.abc import Set

from knowledge.parsing.markers import Marker, Style
from knowledge.parsing.parts import Part, Run

_COUNTED_ON = ("Part", "Chapter", "Article")


def label_of(marker: Marker, parent: Part, run: Run | None, taken: Set[str]) -> str:
    if marker.style is Style.CODE:
        return marker.label
    if marker.style is Style.DECIMAL:
        return _within(marker.label, parent.container, taken)
    if marker.style is Style.NAMED:
        return _named(marker, parent, taken)
    return _joined(parent.base, _in_case(marker, run), marker)


def _within(label: str, container: str, taken: Set[str]) -> str:
    """Appendices and schedules number their paragraphs anew, parts and articles may count on."""
    if not container or label[0].isalpha():
        return label
    counts_on = container.startswith(_COUNTED_ON) and label not in taken
    return label if counts_on else f"{container} {label}"


def _named(marker: Marker, parent: Part, taken: Set[str]) -> str:
    container = parent.container
    anew = parent.base or marker.label in taken
    if container.startswith("Article") and anew and marker.word == "section":
        return f"{container}, Section {marker.label}"
    return f"{container} {marker.label}" if marker.label in taken and container else marker.label


def _in_case(marker: Marker, run: Run | None) -> str:
    if run is None or run.style is Style.NUMBER:
        return marker.label
    return marker.label.upper() if run.capital else marker.label.lower()


def _joined(base: str, label: str, marker: Marker) -> str:
    if not base:
        bracketed = marker.brackets == "()" and marker.style is not Style.NUMBER
        return f"({label})" if bracketed else label
    if marker.style is not Style.NUMBER or base.endswith(")") or marker.brackets == "()":
        return f"{base}({label})"
    apart = _is_code(base) or (" " in base and not base.startswith("Article"))
    return f"{base} {label}" if apart else f"{base}.{label}"


def _is_code(base: str) -> bool:
    return base[:2].isalpha() and base[:2].isupper() and base[-1].isdigit()
