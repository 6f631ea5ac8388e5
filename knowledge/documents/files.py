"""Policy files in, policies out."""

import codecs
from collections import Counter
from pathlib import Path

from knowledge.errors import UnreadablePolicy
from knowledge.parsing.parse import parse
from knowledge.policy import Policy

LARGEST = 20 * 1024 * 1024
SUFFIXES = (".txt", ".md", ".markdown")
_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word file or another archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
)
_REMEDY = "save its text as plain text or Markdown"
_ALLOWED_CONTROLS = frozenset(b"\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f")


def read_policy(path: Path) -> Policy:
    """Raises UnreadablePolicy when the file is missing, is no text or holds no sentence."""
    return parse(_decoded(_content(path), path), path.stem)


def read_policies(folder: Path) -> tuple[Policy, ...]:
    """Every policy in the folder, by file name; raises UnreadablePolicy if any cannot be read."""
    if not folder.is_dir():
        raise UnreadablePolicy(f"{folder} is not a folder: name the folder of the policies.")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    if not files:
        raise UnreadablePolicy(f"{folder} holds no policy: put a .txt or .md file into it.")
    stem, count = Counter(path.stem for path in files).most_common(1)[0]
    if count > 1:
        raise UnreadablePolicy(f"{folder} holds {count} files called {stem}: rename all but one.")
    return tuple(read_policy(path) for path in files)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            limit = LARGEST // 1024 // 1024
            raise UnreadablePolicy(f"{path} is larger than {limit} MB: split it.")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadablePolicy(f"{path} does not exist: check the name.") from None
    except IsADirectoryError:
        raise UnreadablePolicy(f"{path} is a folder: name one policy file.") from None
    except OSError as error:
        raise UnreadablePolicy(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(content: bytes, path: Path) -> str:
    if not content.strip():
        raise UnreadablePolicy(f"{path} is empty: put the policy's text into it.")
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise UnreadablePolicy(f"{path} is {kind}, no text: {_REMEDY}.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded_as("utf-16", content, path)
    if _is_binary(content):
        raise UnreadablePolicy(f"{path} is no text: {_REMEDY}.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded_as("cp1252", content, path)


def _decoded_as(encoding: str, content: bytes, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        problem = f"{path} is neither UTF-8 nor {encoding.upper()} text"
        raise UnreadablePolicy(f"{problem}: save it as UTF-8.") from None


def _is_binary(content: bytes) -> bool:
    """Text has no zero bytes, and hardly a control character but tabs and line ends."""
    controls = [byte for byte in range(32) if byte not in _ALLOWED_CONTROLS]
    strange = sum(content.count(byte) for byte in controls)
    return b"\x00" in content or strange * 1000 > len(content)
