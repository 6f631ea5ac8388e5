"""Text from outside as a database and an encoding can take it."""

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """Without NUL, which PostgreSQL refuses, and with U+FFFD for each lone surrogate, which no
    encoding takes."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\0", ""))
