"""How long it takes to read an invented policy of about 100 pages in each format, and how much
memory, beside plain text extraction by pdfplumber.

    python -m benchmarks.reading [PAGES]
"""

import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import pdfplumber
from rich.console import Console
from rich.table import Table

from knowledge.documents.reading import read
from tests.knowledge.documents.corpus.model import STYLES, Invented, invent
from tests.knowledge.documents.corpus.opendocument import open_document
from tests.knowledge.documents.corpus.paper import pdf
from tests.knowledge.documents.corpus.plain import markdown, text
from tests.knowledge.documents.corpus.web import page
from tests.knowledge.documents.corpus.word import word_file

WRITERS: dict[str, Callable[[Invented], bytes]] = {
    "policy.txt": text,
    "policy.md": markdown,
    "policy.html": page,
    "policy.docx": word_file,
    "policy.odt": open_document,
    "policy.pdf": pdf,
}
Measured = tuple[float, float, float, int]
"""Seconds by the clock, seconds of the processor, megabytes at most, clauses or characters."""


def long_policy(pages: int) -> Invented:
    """Sections of many small policies one after the other, about one page each."""
    document = invent(STYLES[2], 0)
    while len(document.entries) < 30 * pages:
        more = invent(STYLES[2], len(document.entries))
        document.entries += [replace(entry) for entry in more.entries]
    return document


def read_one(name: str, content: bytes) -> int:
    return len(read(content, name).policy.clauses)


def extract_text(name: str, content: bytes) -> int:
    del name

    with pdfplumber.open(io.BytesIO(content)) as document:
        return sum(len(each.extract_text()) for each in document.pages)


def _measure(work: Callable[[str, bytes], int], name: str, content: bytes) -> Measured:
    """In a process of its own, so that its memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, name, content))


def _measured(work: Callable[[str, bytes], int], name: str, content: bytes) -> Measured:
    clock = time.perf_counter()
    found = work(name, content)
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    processor = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    memory = max(own.ru_maxrss, children.ru_maxrss) / 1024
    return time.perf_counter() - clock, processor, memory, found


def main(pages: int) -> None:
    document = long_policy(pages)
    table = Table("file", "size, KB", "seconds", "of the processor", "MB at most", "clauses")
    for name, write in WRITERS.items():
        content = write(document)
        seconds, processor, memory, found = _measure(read_one, name, content)
        row = (f"{seconds:.1f}", f"{processor:.1f}", f"{memory:.0f}", str(found))
        table.add_row(name, str(len(content) // 1024), *row)
    content = pdf(document)
    with pdfplumber.open(io.BytesIO(content)) as file:
        count = len(file.pages)
    seconds, processor, memory, _ = _measure(extract_text, "policy.pdf", content)
    plain = (f"{seconds:.1f}", f"{processor:.1f}", f"{memory:.0f}", "text only")
    table.add_row("pdfplumber, extract_text", str(len(content) // 1024), *plain)
    console = Console()
    console.print(f"{count} pages as PDF")
    console.print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
