"""Reads a PDF in a process of its own, with bounds on time and memory.

A PDF can be written so that a few kilobytes need hours or all memory. The process is killed
then, and the bot goes on.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.errors import UnreadableContent
from knowledge.parsing.document import Document, LeftOut
from knowledge.parsing.lines import Line
from knowledge.policy import Defect

LONGEST = 300
"""Seconds. 1,500 pages take about 150 on a slow machine."""
MOST_MEMORY = 3 * 1024**3
"""Bytes of address space; 100 pages take about 200 MB."""
_ROOT = Path(__file__).parents[2]
_UNREADABLE, _DAMAGED = 3, 4


def read_pdf_lines(content: bytes) -> bytes:
    """The document as JSON, for `document_of`. Raises UnreadableContent."""
    command = [sys.executable, "-m", "knowledge.documents.pdf_process"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    try:
        done = subprocess.run(  # noqa: S603 -- our own module, no word of the file in the command
            command,
            input=content,
            capture_output=True,
            timeout=LONGEST,
            check=False,
            env=environment,
            cwd=_ROOT,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableContent(_too_much()) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == _UNREADABLE:
        raise UnreadableContent(done.stdout.decode())
    if done.returncode == _DAMAGED:
        raise ValueError(done.stderr.decode(errors="replace"))
    raise UnreadableContent(_too_much())


def _too_much() -> str:
    return "takes too much time or memory to read: save it anew, or send the Word file."


def document_of(content: bytes) -> Document:
    """Raises ValueError, KeyError or TypeError for JSON that `read_pdf_lines` did not write."""
    stored = json.loads(content)
    return Document(
        tuple(Line(**_with_tuples(line)) for line in stored["lines"]),
        stored["title"],
        tuple(LeftOut(**each) for each in stored["left_out"]),
        tuple(Defect(**each) for each in stored["defects"]),
    )


def _with_tuples(line: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(each) if isinstance(each, list) else each for key, each in line.items()}


def _bound() -> None:
    try:
        import resource  # noqa: PLC0415 -- Windows has none; the time limit holds there too
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))


def _main() -> int:
    from knowledge.documents.pdf import read_pdf_here  # noqa: PLC0415 -- in the child alone

    _bound()
    try:
        document = read_pdf_here(sys.stdin.buffer.read())
    except UnreadableContent as problem:
        sys.stdout.write(str(problem))
        return _UNREADABLE
    except MemoryError:
        return 1
    except Exception:  # noqa: BLE001 -- pdfminer raises dozens of kinds for damaged files
        import traceback  # noqa: PLC0415

        traceback.print_exc()
        return _DAMAGED
    json.dump(asdict(document), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
