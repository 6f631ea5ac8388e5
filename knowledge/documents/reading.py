"""One document, as bytes with a file name, becomes a policy. Nothing here opens a file."""

import logging
import re
from collections.abc import Callable
from pathlib import Path, PurePath

from knowledge.documents.decoding import decoded, decoded_page
from knowledge.documents.formats import Format, format_of
from knowledge.documents.html import read_html
from knowledge.documents.markdown import looks_like_markdown, read_markdown
from knowledge.documents.text import read_text
from knowledge.errors import UnreadableContent, UnreadablePolicy
from knowledge.parsing.document import Document, Reading
from knowledge.parsing.parse import parse

LARGEST = 20 * 1024 * 1024
MOST_TEXT = 2_000_000
"""Characters; about 700 printed pages."""
log = logging.getLogger(__name__)


def read(content: bytes, file_name: str, name: str = "", kept_in: Path | None = None) -> Reading:
    """The policy's name is `name`, or the stem of `file_name` without one. What is slow to read
    is kept in the folder `kept_in`, where there is one.

    Raises UnreadablePolicy, its message beginning with `file_name`, when the content is damaged,
    protected, too large, of another kind or holds no sentence.
    """
    try:
        document = _document(content, file_name, kept_in)
        _check_length(document)
        return parse(document, name or PurePath(file_name).stem)
    except UnreadableContent as problem:
        raise UnreadablePolicy(f"{file_name} {problem}") from problem.__cause__


def read_string(text: str, name: str) -> Reading:
    """A policy from text that is already decoded, Markdown or plain. Raises UnreadablePolicy."""
    try:
        return parse(_text_document(text), name)
    except UnreadableContent as problem:
        raise UnreadablePolicy(f"{name} {problem}") from None


def _document(content: bytes, file_name: str, kept_in: Path | None) -> Document:
    if len(content) > LARGEST:
        raise UnreadableContent(f"is larger than {LARGEST // 1024 // 1024} MB: split it.")
    found = format_of(content, file_name)
    try:
        return _pdf(content, kept_in) if found is Format.PDF else _READERS[found](content)
    except (UnreadableContent, MemoryError):
        raise
    except Exception as error:
        log.warning("%s cannot be read.", file_name, exc_info=True)
        problem = f"is damaged and cannot be read as {found}: open it and save it again."
        raise UnreadableContent(problem) from error


def _check_length(document: Document) -> None:
    if sum(len(line.text) for line in document.lines) > MOST_TEXT:
        raise UnreadableContent(f"holds more than {MOST_TEXT:,} characters of text: split it.")


def _text_document(text: str) -> Document:
    text = _with_line_feeds(text)
    return read_markdown(text) if looks_like_markdown(text) else read_text(text)


def _with_line_feeds(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)


def _plain(content: bytes) -> Document:
    return _text_document(_short(decoded(content)))


def _markdown(content: bytes) -> Document:
    return read_markdown(_with_line_feeds(_short(decoded(content))))


def _page(content: bytes) -> Document:
    return read_html(decoded_page(content))


def _short(text: str) -> str:
    if len(text) > MOST_TEXT:
        raise UnreadableContent(f"holds more than {MOST_TEXT:,} characters of text: split it.")
    return text


def _word(content: bytes) -> Document:
    from knowledge.documents.docx import read_docx  # noqa: PLC0415 -- only where it is needed

    return read_docx(content)


def _open_document(content: bytes) -> Document:
    from knowledge.documents.odt import read_odt  # noqa: PLC0415 -- only where it is needed

    return read_odt(content)


def _pdf(content: bytes, kept_in: Path | None) -> Document:
    from knowledge.documents.pdf_cache import read_pdf  # noqa: PLC0415 -- only where it is needed

    return read_pdf(content, kept_in)


_READERS: dict[Format, Callable[[bytes], Document]] = {
    Format.TEXT: _plain,
    Format.MARKDOWN: _markdown,
    Format.HTML: _page,
    Format.DOCX: _word,
    Format.ODT: _open_document,
}
