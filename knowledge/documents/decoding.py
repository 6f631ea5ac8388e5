"""Bytes of a text file or a web page as text."""

import codecs
import re

from knowledge.errors import UnreadableContent

_ALLOWED_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w-]{1,40})""", re.IGNORECASE)
_HEAD = 4096


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with a mark, or Windows-1252. Raises UnreadableContent."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as("utf-16", content)
    if _is_binary(content):
        raise UnreadableContent("is no text: save it as PDF, Word, HTML, Markdown or plain text.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _as("cp1252", content)


def decoded_page(content: bytes) -> str:
    """A web page in the encoding that it declares. Raises UnreadableContent."""
    declared = _CHARSET.search(content[:_HEAD])
    if declared and not content.startswith(codecs.BOM_UTF8):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(content)


def _as(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        problem = f"is neither UTF-8 nor {encoding.upper()} text"
        raise UnreadableContent(f"{problem}: save it as UTF-8.") from None


def _is_binary(content: bytes) -> bool:
    """Text has no zero bytes, and hardly a control character but tabs and line ends."""
    controls = [byte for byte in range(32) if byte not in _ALLOWED_CONTROLS]
    strange = sum(content.count(byte) for byte in controls)
    return b"\x00" in content or strange * 1000 > len(content)
