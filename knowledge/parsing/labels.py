"""A section's label put together from the labels of what it stands in: "4(c)", "6.3", "IV(a)"."""

from collections.abc import Set

from knowledge.parsing.markers import Marker, Style
from knowledge.parsing.parts import Part, Run


def label_of(marker: Marker, parent: Part, run: Run | None, taken: Set[str]) -> str:
    if marker.style is Style.CODE:
        return marker.label
    if marker.style is Style.DECIMAL:
        return _within(marker.label, parent.container, taken)
    if marker.style is Style.NAMED:
        return _named(marker, parent, taken)
    return _joined(parent.base, _in_case(marker, run), marker)


def _within(label: str, container: str, taken: Set[str]) -> str:
    """Parts and chapters count on or begin anew; appendices always begin anew."""
    if not container or label[0].isalpha():
        return label
    counts_on = container.startswith(("Part", "Chapter")) and label not in taken
    return label if counts_on else f"{container} {label}"


def _named(marker: Marker, parent: Part, taken: Set[str]) -> str:
    anew = marker.label in taken and parent.container
    return f"{parent.container} {marker.label}" if anew else marker.label


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
    return f"{base} {label}" if " " in base or _is_code(base) else f"{base}.{label}"


def _is_code(base: str) -> bool:
    return base[:2].isalpha() and base[:2].isupper() and base[-1].isdigit()
