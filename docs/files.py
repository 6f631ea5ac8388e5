"""Writes docs/files.md, one line for each file of the program, from the files' docstrings.

`make docs` runs it. A test holds that docs/files.md is what this program writes.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from settings import HERE

ROOMS = ("knowledge", "index", "answer", "desk", "handlers", "app")
MADE = "<!-- Made by `make docs` from the first paragraph of each file's docstring. -->"
LEFT_OUT = "versions"  # migrations, whose names say what they change


def files_page() -> str:
    """The page as Markdown. Raises ValueError for a file without a docstring."""
    lines = [
        MADE,
        "# Files",
        "",
        "Every Python file of the program, room by room. [architecture.md](architecture.md) says",
        "how the rooms work together.",
    ]
    lines += ["", "## The top folder", "", *_table(HERE)]
    for room in ROOMS:
        for folder in sorted({path.parent for path in (HERE / room).rglob("*.py")}):
            rows = [] if folder.name == LEFT_OUT else _table(folder)
            if rows:
                lines += ["", f"## {folder.relative_to(HERE)}", "", *rows]
    return "\n".join(lines) + "\n"


def _table(folder: Path) -> list[str]:
    rows = [f"| `{path.name}` | {_purpose(path)} |" for path in _sources(folder)]
    return ["| file | what it is for |", "|---|---|", *rows] if rows else []


def _sources(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.py")) if path.stat().st_size)


def _purpose(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{path.relative_to(HERE)} needs a docstring that says what it is for")
    return " ".join(docstring.split("\n\n")[0].split()).replace("|", "\\|")
