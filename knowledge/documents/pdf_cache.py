"""Keeps what was read from each PDF: it takes seconds a file, and each start of the bot needs it.

A file is known by its content, and by the code that read it: after an update it is read anew.
"""

import hashlib
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from knowledge.documents.pdf_process import document_of, read_pdf_lines
from knowledge.parsing.document import Document

_SOURCES = "pdf*.py"


def read_pdf(content: bytes, folder: Path | None) -> Document:
    """Reads without keeping anything where `folder` is None. Raises UnreadableContent."""
    if folder is None:
        return document_of(read_pdf_lines(content))
    kept = folder / f"{hashlib.sha256(content + _reader()).hexdigest()}.json"
    if kept.is_file():
        try:
            return document_of(kept.read_bytes())
        except (ValueError, KeyError, TypeError):
            kept.unlink(missing_ok=True)  # cut off when the disk was full
    stored = read_pdf_lines(content)
    _keep(kept, stored)
    return document_of(stored)


@cache
def _reader() -> bytes:
    """A digest of the code that reads PDFs."""
    digest = hashlib.sha256(version("pdfplumber").encode())
    for source in sorted(Path(__file__).parent.glob(_SOURCES)):
        digest.update(source.read_bytes())
    return digest.digest()


def _keep(path: Path, stored: bytes) -> None:
    """Written beside its place and moved there, so that no reader sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(stored)
    Path(name).replace(path)
