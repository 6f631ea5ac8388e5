"""Writes an invented policy as a Word file whose labels Word's own numbering prints."""

import io
from collections.abc import Iterator

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.knowledge.documents.corpus.model import Entry, Invented, Kind

_FORMATS = {
    "decimal": "decimal",
    "lower-alpha": "lowerLetter",
    "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_OURS = "77"


def word_file(document: Invented, *, typed: bool = False) -> bytes:
    """`typed` labels stand in the text, with a tab after them, as many authors type them."""
    file = Document()
    file.core_properties.title = "Template"
    file.sections[0].header.paragraphs[0].text = f"{document.title} - Version 2"
    file.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    if not typed:
        _add_numbering(file.part.numbering_part.element, document)
    file.add_paragraph(document.title, style="Title")
    for entry in document.entries:
        _add(file, entry, typed=typed)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def _add(file, entry: Entry, *, typed: bool) -> None:  # type: ignore[no-untyped-def] # python-docx hides its class
    style = {Kind.HEADING: f"Heading {entry.depth + 1}", Kind.BULLET: "List Bullet"}.get(entry.kind)
    paragraph = file.add_paragraph(style=style)
    if typed and entry.printed:
        paragraph.add_run(f"{entry.printed}\t")
    half = len(entry.text) // 2
    paragraph.add_run(entry.text[:half])
    paragraph.add_run(entry.text[half:]).italic = True
    if entry.printed and not typed:
        paragraph._p.get_or_add_pPr().append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{entry.depth}"/>'
                f'<w:numId w:val="{_OURS}"/></w:numPr>'
            )
        )


def _add_numbering(root, document: Invented) -> None:  # type: ignore[no-untyped-def] # an element of python-docx
    abstract = "".join(_levels(document))
    names = nsdecls("w")
    root.insert(
        0, parse_xml(f'<w:abstractNum {names} w:abstractNumId="{_OURS}">{abstract}</w:abstractNum>')
    )
    root.append(
        parse_xml(f'<w:num {names} w:numId="{_OURS}"><w:abstractNumId w:val="{_OURS}"/></w:num>')
    )


def _levels(document: Invented) -> Iterator[str]:
    for index, level in enumerate(document.style.levels):
        yield (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{_FORMATS[level.format]}"/><w:lvlText w:val="{level.printed}"/>'
            f'<w:pPr><w:ind w:left="{360 * (index + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        )
