"""Measures how the work of a function grows with its input."""

import gc
import time
from collections.abc import Callable
from math import inf

# Seconds of computing below which growth cannot be told from noise.
NOISE_S = 0.15
ROUNDS = 4


def is_linear(once: Callable[[], object], twice: Callable[[], object]) -> bool:
    """Whether `twice`, on an input twice as long as that of `once`, computes less than three times
    as long; quadratic work would compute four times as long.

    Work in the background can only add to a measurement. So the shortest of several counts, and
    the first round that is short enough settles it.
    """
    shortest = inf, inf
    for _ in range(ROUNDS):
        shortest = min(shortest[0], _seconds(once)), min(shortest[1], _seconds(twice))
        if shortest[1] < max(3 * shortest[0], NOISE_S):
            return True
    return False


def _seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time of this process, so that a busy machine does not count."""
    gc.disable()  # it looks through all objects of the process, whatever made them
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
