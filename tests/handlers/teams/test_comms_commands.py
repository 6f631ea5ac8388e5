"""What comms type in their channel is told from questions quickly, however long it is."""

import re
import time

import pytest

from handlers.teams.comms_commands import COMMANDS

NASTY = ("answer C-1", "answer C-", "answer C-1: x", "turn on: ", "retire P-9", "9", " ", "cases")


def seconds(pattern: str, text: str) -> float:
    """Seconds of processor time, in which other processes do not count."""
    began = time.process_time()
    re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)
    return time.process_time() - began


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in COMMANDS])
@pytest.mark.parametrize("begin", ["", *NASTY])
@pytest.mark.parametrize("piece", NASTY)
def test_a_command_is_read_in_time_in_proportion_to_its_length(
    pattern: str, begin: str, piece: str
) -> None:
    once, twice = (seconds(pattern, begin + piece * count) for count in (50_000, 100_000))
    assert twice < 3 * once + 0.05  # the least that the clock can tell
