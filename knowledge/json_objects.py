"""JSON that somebody pasted: objects on lines of their own, or one list of them."""

import json
import re
from collections.abc import Iterator

from knowledge.errors import BadInput

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes: some 10,000 example questions with their sentences."""
TOO_LARGE = f"The file has more than {LARGEST_FILE // 1024 // 1024} MB. Import it in parts."
NO_TEXT = "The file is not text in UTF-8."

_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)


def json_objects(content: bytes) -> Iterator[tuple[int, object]]:
    """Each value with its line, counted from 1; None in place of what is not JSON. Reads between
    the marks that assistants put around code. Raises BadInput where nothing can be read."""
    text = _text(content)
    whole = _parsed(text)
    if isinstance(whole, list):
        yield from enumerate(whole, start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip().rstrip(",")
        if bare and bare not in ("[", "]"):
            yield number, _parsed(bare)


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise BadInput(TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(NO_TEXT) from None
    # A fence becomes an empty line, so that the numbers of the lines stay right.
    return _FENCE.sub("", text)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
