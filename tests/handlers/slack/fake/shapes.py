"""The grammar in which the tables of blocks and elements are written.

A check takes a value and where it stands, and raises Misshapen with a sentence.
"""

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any, str], None]


class Misshapen(Exception):
    """Something that Slack would not show; the sentence says where and why."""


def string(longest: int, shortest: int = 1) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, str):
            raise Misshapen(f"{where}: must be a string, not {type(value).__name__}")
        if len(value) < shortest:
            raise Misshapen(f"{where}: must be at least {shortest} characters long")
        if len(value) > longest:
            raise Misshapen(f"{where}: must be at most {longest} characters long, not {len(value)}")

    return check


def a_bool(value: Any, where: str) -> None:
    if not isinstance(value, bool):
        raise Misshapen(f"{where}: must be true or false, not {value!r}")


def whole(least: int, most: int) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Misshapen(f"{where}: must be from {least} to {most}, not {value!r}")

    return check


def anything(value: Any, where: str) -> None:
    """Slack does not say what it takes here."""


def one_of(*choices: str) -> Check:
    def check(value: Any, where: str) -> None:
        if value not in choices:
            raise Misshapen(f"{where}: must be one of {', '.join(choices)}, not {value!r}")

    return check


def listed(item: Check, least: int, most: int) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise Misshapen(f"{where}: must be a list, not {type(value).__name__}")
        if not least <= len(value) <= most:
            raise Misshapen(f"{where}: must have {least} to {most} items, not {len(value)}")
        for number, each in enumerate(value):
            item(each, f"{where}/{number}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    known = {**required, **(optional or {})}

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise Misshapen(f"{where}: must be an object, not {type(value).__name__}")
        for name in required:
            if name not in value:
                raise Misshapen(f"{where}: missing required field: {name}")
        for name, each in value.items():
            if name not in known:
                raise Misshapen(f"{where}: unknown field: {name}")
            known[name](each, f"{where}/{name}")

    return check


def typed(shapes: Mapping[str, Check]) -> Check:
    """An object whose `type` says which of the shapes it has; the others are not allowed here."""

    def check(value: Any, where: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in shapes:
            raise Misshapen(f"{where}: unsupported type: {kind!r}")
        shapes[kind](value, where)

    return check


def both(first: Check, second: Check) -> Check:
    def check(value: Any, where: str) -> None:
        first(value, where)
        second(value, where)

    return check
