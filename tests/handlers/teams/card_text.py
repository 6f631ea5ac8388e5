"""What stands on a card, hidden or not, for a test that looks for words."""

from collections.abc import Iterator
from typing import Any

INSIDE = "body items columns selectAction actions card".split()


def words(card: dict[str, Any]) -> str:
    return "\n".join(_lines(card))


def presses(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Its buttons that the bot hears of."""
    return [each for each in _all(card) if each.get("type") == "Action.Execute"]


def filled(card: dict[str, Any], name: str) -> str:
    """What stands in the input of this name."""
    (found,) = [each for each in _all(card) if each.get("id") == name]
    return str(found["value"])


def _lines(element: dict[str, Any]) -> Iterator[str]:
    if element.get("type") == "RichTextBlock":
        yield "".join(part["text"] for part in element["inlines"])
    yield from (str(element[name]) for name in ("text", "title", "value") if name in element)
    for inner in _inside(element):
        yield from _lines(inner)


def _all(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield element
    for inner in _inside(element):
        yield from _all(inner)


def _inside(element: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name in INSIDE:
        held = element.get(name, [])
        yield from held if isinstance(held, list) else [held]


def elements(card: Any) -> Iterator[dict[str, Any]]:
    """All that a card is made of."""
    if isinstance(card, dict):
        yield card
        for inner in card.values():
            yield from elements(inner)
    elif isinstance(card, list):
        for inner in card:
            yield from elements(inner)


def titles(card: dict[str, Any]) -> list[str]:
    """The titles of the buttons that send something to the bot."""
    return [press["title"] for press in presses(card)]
