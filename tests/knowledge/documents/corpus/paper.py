"""Writes an invented policy as a PDF with headers, footers and page numbers."""

import io

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from tests.knowledge.documents.corpus.model import Entry, Invented, Kind

_BODY = ParagraphStyle("body", fontSize=10, leading=13, spaceAfter=7)
_HANGING = 28


def pdf(document: Invented, *, columns: int = 1, justified: bool = False) -> bytes:
    stream = io.BytesIO()
    width, height = A4
    margin, gap = 60, 24
    usable = (width - 2 * margin - gap * (columns - 1)) / columns
    frames = [
        Frame(margin + index * (usable + gap), 70, usable, height - 150, 0, 0, 0, 0)
        for index in range(columns)
    ]
    template = BaseDocTemplate(stream, pagesize=A4, title=document.title, invariant=1)

    def running(canvas: Canvas, file: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(margin, height - 40, f"{document.title} (approved)")
        canvas.drawString(margin, 36, "Council policy library, version 4")
        canvas.drawRightString(width - margin, 36, str(file.page))

    template.addPageTemplates([PageTemplate("plain", frames, onPage=running)])
    story: list[Flowable] = [
        Paragraph(document.title, ParagraphStyle("title", fontSize=20, leading=26, spaceAfter=14))
    ]
    story += [_paragraph(entry, justified=justified) for entry in document.entries]
    template.build(story)
    return stream.getvalue()


def _paragraph(entry: Entry, *, justified: bool) -> Paragraph:
    if entry.kind is Kind.HEADING:
        size = 14 - entry.depth
        style = ParagraphStyle(
            "heading", _BODY, fontSize=size, leading=size + 3, fontName="Helvetica-Bold"
        )
        return Paragraph(f"{entry.printed} {entry.text}", style)
    indent = _HANGING * entry.depth if entry.kind is Kind.ITEM else 14
    style = ParagraphStyle("body", _BODY, alignment=TA_JUSTIFY if justified else 0)
    if entry.kind is Kind.TEXT:
        return Paragraph(entry.text, style)
    style = ParagraphStyle("item", style, leftIndent=indent, bulletIndent=indent - _HANGING / 2)
    return Paragraph(entry.text, style, bulletText=entry.printed or "•")
