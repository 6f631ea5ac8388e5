"""Waits for what happens in other threads."""

import time
from collections.abc import Callable

LONGEST_WAIT_S = 20


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
