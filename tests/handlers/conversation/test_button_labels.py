"""One word for one thing: the surfaces take labels and sentences from here."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import handlers
from handlers.conversation import button_labels, case_wording

HANDLERS = Path(handlers.__path__[0])
SHARED = {
    text
    for module in (button_labels, case_wording)
    for name, text in vars(module).items()
    if name.isupper() and " " in text
}
BETWEEN_TAGS = re.compile(r">([^<>{}]+)<")


def texts(path: Path) -> Iterator[str]:
    """The literal texts of a Python file or a template; an f-string as the template that it is."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        yield from (" ".join(text.split()) for text in BETWEEN_TAGS.findall(source))
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield ast.unparse(node)[2:-1]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("surface", ["slack", "teams", "terminal", "web"])
def test_no_surface_writes_a_shared_label_or_sentence_itself(surface: str) -> None:
    files = [path for path in (HANDLERS / surface).rglob("*") if path.suffix in (".html", ".py")]
    assert files
    written = {str(path): SHARED.intersection(texts(path)) for path in files}
    assert {path: found for path, found in written.items() if found} == {}
