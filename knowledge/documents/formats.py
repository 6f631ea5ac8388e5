"""Which format a file has, by its content first and by its name where that does not tell."""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from knowledge.errors import UnreadableContent


class Format(StrEnum):
    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "a web page"
    PDF = "PDF"
    DOCX = "a Word file"
    ODT = "an OpenDocument file"


SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".odt": Format.ODT,
}
KINDS = "PDF, Word (.docx), OpenDocument (.odt), HTML, Markdown or plain text"
_REMEDY = f"save it as {KINDS}"
_FOREIGN = (
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x1f\x8b", "an archive"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 1024
MOST_UNPACKED = 200 * 1024 * 1024
"""Bytes that an archive may unpack to; a Word file of 20 MB with pictures stays far below."""


def format_of(content: bytes, file_name: str) -> Format:
    """Raises UnreadableContent for what the bot does not read."""
    if not content.strip():
        raise UnreadableContent("is empty: put the policy's text into it.")
    if b"%PDF-" in content[:_HEAD]:
        return Format.PDF
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    _refuse_foreign(content)
    by_name = SUFFIXES.get(PurePath(file_name).suffix.lower(), Format.TEXT)
    if _PAGE.match(content[: 4 * _HEAD]):
        return Format.HTML
    if by_name in (Format.PDF, Format.DOCX, Format.ODT):
        raise UnreadableContent(f"is damaged or not {by_name}: open it and save it again.")
    return by_name


def _refuse_foreign(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        raise UnreadableContent(
            "is an old Word file or protected by a password: save it as .docx without a password."
        )
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise UnreadableContent(f"is {kind}: {_REMEDY}.")


def _packed(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadableContent("is damaged: open it and save it again.") from None
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        most = MOST_UNPACKED // 1024 // 1024
        raise UnreadableContent(f"unpacks to more than {most} MB: save its text in a new file.")
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableContent("is protected by a password: save it without one.")
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return Format.DOCX
    if "content.xml" in names and "xl/workbook.xml" not in names:
        return Format.ODT
    raise UnreadableContent(f"is an archive, a spreadsheet or slides: {_REMEDY}.")
