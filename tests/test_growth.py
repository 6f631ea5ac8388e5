"""The measure of growth itself: it must tell a slow pattern from a quick one."""

import re
from functools import partial

import pytest

from tests.growth import is_linear


@pytest.mark.parametrize(("pattern", "linear"), [(r"<[^<>]*>", True), (r"a+b", False)])
def test_a_quadratic_pattern_is_told_from_a_linear_one(pattern: str, linear: bool) -> None:
    """`a+b` reads on to the end of the text from every character."""
    once, twice = (partial(re.findall, pattern, "a" * size) for size in (20_000, 40_000))
    assert is_linear(once, twice) == linear
