"""Writes an invented policy as a web page: lists as a browser numbers them, with what stands
round the text of such pages."""

import re
from html import escape

from tests.knowledge.documents.corpus.model import Entry, Invented, Kind, Level

_TYPES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}


def page(document: Invented) -> bytes:
    parts: list[str] = []
    open_lists: list[int] = []
    for entry in document.entries:
        listed = entry.kind is Kind.BULLET or (
            entry.kind is Kind.ITEM and _is_list(document, entry)
        )
        depth = entry.depth if listed else 0
        while open_lists and open_lists[-1] > (depth if listed else 0):
            parts.append(f"</li></{_closing(document, open_lists)}>")
        if listed and open_lists:
            parts.append("</li><li>" if open_lists[-1] == depth else "")
        if listed and (not open_lists or open_lists[-1] < depth):
            parts.append(_opening(document, entry) + "<li>")
            open_lists.append(depth)
        parts.append(_element(entry, listed))
    while open_lists:
        parts.append(f"</li></{_closing(document, open_lists)}>")
    return _framed(document.title, "\n".join(parts))


def _is_list(document: Invented, entry: Entry) -> bool:
    """Browsers print "a." and "1."; other labels are typed."""
    return re.fullmatch(r"%\d\.", document.style.levels[entry.depth].printed) is not None


def _closing(document: Invented, open_lists: list[int]) -> str:
    open_lists.pop()
    return "ul" if document.style.bullets else "ol"


def _opening(document: Invented, entry: Entry) -> str:
    if entry.kind is Kind.BULLET:
        return "<ul>"
    level: Level = document.style.levels[entry.depth]
    kind = _TYPES.get(level.format, "1")
    return f'<ol type="{kind}" start="{entry.numbers[-1]}">'


def _element(entry: Entry, listed: bool) -> str:
    text = escape(entry.text)
    if entry.kind is Kind.HEADING:
        level = min(entry.depth + 2, 6)
        return f"<h{level}>{escape(entry.printed)} {text}</h{level}>"
    if listed:
        return text.replace("the", "<em>the</em>", 1)
    return f"<p>{escape(entry.printed)} {text}</p>"


def _framed(title: str, body: str) -> bytes:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(title)} | Council</title><style>p {{ color: red }}</style></head><body>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/jobs">Jobs</a></li></ul></nav></header>
<div class="breadcrumbs">Home &gt; Policies</div>
<main><h1>{escape(title)}</h1>
{body}
</main><footer><p>Contact the council. Follow us.</p></footer>
<script>var policy = "none";</script></body></html>""".encode()
