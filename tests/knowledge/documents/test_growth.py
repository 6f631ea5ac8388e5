"""A document that is twice as long takes about twice as long to read, also a strange one."""

from contextlib import suppress

import pytest

from knowledge.documents.reading import read
from knowledge.errors import UnreadablePolicy
from tests.growth import is_linear

# Repeated, each could make a pattern look again from every character, or a line from every line.
PIECES = (
    *("\n", " ", "\t", "\f", "\r\n", "\u00a0", "a", "a ", "a, ", "; ", "must not "),
    *("# ", "- ", "> ", "|", "--|", "**a", "__", "`", "![", "\\(", "{#a", "{% ", "[^a", "~~~\n"),
    *("<", "<p>", "&amp;", "1.1.", "(i)", "1. a\n", "(a) b\n", "* a\n", "-\n", "A\n\n"),
    *("a.\n", "a: b\n", "must not:\n- a\n", "Section 1\n", "Reviewed 2013\n"),
)
SIZE = 40_000  # characters
SENTENCE = "Staff may keep the keys.\n\n"  # without one, a document is refused unread


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@pytest.mark.parametrize("piece", PIECES)
def test_twice_as_long_takes_less_than_three_times_as_long(piece: str, ending: str) -> None:
    once, twice = ((SENTENCE + (piece * size)[:size]).encode() for size in (SIZE, 2 * SIZE))
    assert is_linear(lambda: read_any(once, ending), lambda: read_any(twice, ending))


def read_any(content: bytes, ending: str) -> None:
    with suppress(UnreadablePolicy):
        read(content, f"any.{ending}")
