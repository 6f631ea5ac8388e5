"""Writes an invented policy as plain text and as Markdown."""

from tests.knowledge.documents.corpus.model import Entry, Invented, Kind


def text(document: Invented, width: int = 0) -> bytes:
    """Wrapped at `width` columns, or one paragraph a line where it is 0."""
    lines = [document.title, ""]
    for entry in document.entries:
        indent = "    " * max(entry.depth - 1, 0) if entry.kind is Kind.ITEM else ""
        begin = f"{indent}• " if entry.kind is Kind.BULLET else f"{indent}{entry.printed} ".lstrip()
        begin = begin if entry.printed or entry.kind is Kind.BULLET else ""
        lines += [*_wrapped(f"{indent if entry.printed else ''}{begin}{entry.text}", width), ""]
    return "\n".join(lines).encode()


def _wrapped(line: str, width: int) -> list[str]:
    rows = [""]
    for word in line.split(" "):
        if width and rows[-1].strip() and len(rows[-1]) + 1 + len(word) > width:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}" if rows[-1] else word
    return rows


def markdown(document: Invented) -> bytes:
    lines = [f"# {document.title}", ""]
    for entry in document.entries:
        lines += [_markdown_line(entry), ""]
    return "\n".join(lines).encode()


def _markdown_line(entry: Entry) -> str:
    if entry.kind is Kind.HEADING:
        return f"{'#' * (entry.depth + 2)} {entry.printed} {entry.text}"
    if entry.kind is Kind.BULLET:
        return f"* {entry.text}"
    return (
        f"{'    ' * max(entry.depth - 1, 0)}{entry.printed} {entry.text}".rstrip()
        if entry.printed
        else entry.text
    )
