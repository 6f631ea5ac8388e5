"""Writes an invented policy as an OpenDocument text with numbered lists, as LibreOffice stores
them."""

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from tests.knowledge.documents.corpus.model import Entry, Invented, Kind

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
    )
)
_FORMATS = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}


def open_document(document: Invented) -> bytes:
    body = "".join(_element(entry) for entry in document.entries)
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES}><office:automatic-styles>'
        f'<text:list-style style:name="Ours">{"".join(_levels(document))}</text:list-style>'
        '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1"/>'
        "</text:list-style></office:automatic-styles><office:body><office:text>"
        f'<text:p text:style-name="Title">{escape(document.title)}</text:p>{body}'
        "</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _levels(document: Invented) -> Iterator[str]:
    for index, level in enumerate(document.style.levels, start=1):
        first = level.printed.index("%") if "%" in level.printed else 0
        last = level.printed.rindex("%") + 2 if "%" in level.printed else 0
        format_ = "" if level.format == "none" else _FORMATS.get(level.format, "1")
        yield (
            f'<text:list-level-style-number text:level="{index}"'
            f' style:num-prefix="{level.printed[:first]}" style:num-suffix="{level.printed[last:]}"'
            f' style:num-format="{format_}"'
            f' text:display-levels="{max(level.printed.count("%"), 1)}"/>'
        )


def _element(entry: Entry) -> str:
    text = escape(entry.text)
    if entry.kind is Kind.HEADING:
        level = entry.depth + 1
        paragraph = f'<text:h text:outline-level="{level}">{text}</text:h>'
    else:
        paragraph = f"<text:p>{text}</text:p>"
    if entry.kind is Kind.BULLET:
        return _listed(paragraph, "Dots", 0)
    return _listed(paragraph, "Ours", entry.depth) if entry.printed else paragraph


def _listed(paragraph: str, style: str, depth: int) -> str:
    opening = (
        f'<text:list text:style-name="{style}" text:continue-numbering="true"><text:list-item>'
    )
    inner = "<text:list><text:list-item>" * depth
    closing = "</text:list-item></text:list>" * (depth + 1)
    return f"{opening}{inner}{paragraph}{closing}"
