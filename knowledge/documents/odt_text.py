"""The visible text of an OpenDocument paragraph."""

from collections.abc import Iterator

from lxml import etree

from knowledge.documents.odt_styles import TEXT, ParagraphStyle

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SKIPPED = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{TEXT}sequence-decls",
        f"{TEXT}note-citation",
        f"{OFFICE}forms",
        f"{OFFICE}annotation",
        f"{OFFICE}annotation-end",
        f"{TEXT}soft-page-break",
        f"{TEXT}number",
    )
)
_DEEPEST = 60


def heading_level(element: etree._Element, style: ParagraphStyle) -> int:
    """1 for the title, from 2 for headings, 0 for text."""
    if "Title" in style.names:
        return 1
    level = element.get(f"{TEXT}outline-level")
    return min(int(level), 8) + 1 if element.tag == f"{TEXT}h" and level else 0


def texts(element: etree._Element, depth: int) -> Iterator[str]:
    """The visible text of a paragraph, "\\n" for a line break."""
    if depth > _DEEPEST:
        return
    yield element.text or ""
    for part in element:
        if part.tag == f"{TEXT}line-break":
            yield "\n"
        elif part.tag == f"{TEXT}tab":
            yield "  "
        elif part.tag == f"{TEXT}s":
            yield " "
        elif part.tag not in SKIPPED and not _is_apart(part):
            yield from texts(part, depth + 1)
        yield part.tail or ""


def _is_apart(part: etree._Element) -> bool:
    return part.tag in (f"{TEXT}note", f"{DRAW}frame", f"{DRAW}custom-shape") or not isinstance(
        part.tag, str
    )
