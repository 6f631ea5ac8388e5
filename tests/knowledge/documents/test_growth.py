"""A document that is twice as long takes about twice as long to read, also a strange one."""

import time
from contextlib import suppress

import pytest

from knowledge.documents.reading import read
from knowledge.errors import UnreadablePolicy

# Repeated, each could make a pattern look again from every character, or a line from every line.
PIECES = (
    *("\n", " ", "\t", "\f", "\r\n", "\u00a0", "a", "a ", "a, ", "; ", "must not "),
    *("# ", "- ", "> ", "|", "--|", "**a", "__", "`", "![", "\\(", "{#a", "{% ", "[^a", "~~~\n"),
    *("<", "<p>", "&amp;", "1.1.", "(i)", "1. a\n", "(a) b\n", "* a\n", "-\n", "A\n\n"),
    *("a.\n", "a: b\n", "must not:\n- a\n", "Section 1\n", "Reviewed 2013\n"),
)
SIZE = 40_000  # characters
SENTENCE = "Staff may keep the keys.\n\n"  # without one, a document is refused unread
# Seconds of computing below which growth cannot be told from noise.
NOISE_S = 0.5


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@pytest.mark.parametrize("piece", PIECES)
def test_twice_as_long_takes_less_than_three_times_as_long(piece: str, ending: str) -> None:
    """The best of three measurements counts: a busy machine disturbs some."""
    assert any(
        seconds(piece, 2 * SIZE, ending) < max(3 * seconds(piece, SIZE, ending), NOISE_S)
        for _ in range(3)
    )


def seconds(piece: str, size: int, ending: str) -> float:
    began = time.process_time()
    with suppress(UnreadablePolicy):
        read((SENTENCE + (piece * size)[:size]).encode(), f"any.{ending}")
    return time.process_time() - began
