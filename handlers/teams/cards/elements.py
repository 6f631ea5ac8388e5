"""The parts that Adaptive Cards are made of, as plain JSON; such JSON stays in the Teams files.

A TextBlock reads its text as Markdown, a TextRun does not. So what anybody has written or
printed is shown in runs only, and text blocks hold the bot's own words.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Element = dict[str, Any]

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
# Teams takes 28 KB, of which the message around the card has its part.
LARGEST_CARD = 25_000
LIMITS = (8000, 3000, 1200, 500, 200, 80, 30)
CUT = " … (cut here: the whole is too long for Teams)"


def heading(text: str) -> Element:
    """Read out as a heading; only for the bot's own words."""
    return {"type": "TextBlock", "text": text, "style": "heading", "weight": "Bolder", "wrap": True}


def words(text: str, **style: object) -> list[Element]:
    """Any text, one block for each line: a run of text has no line ends of its own."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [_block([run(line, **style)], first=line is lines[0]) for line in lines]


def runs(*parts: Element) -> Element:
    return _block([part for part in parts if part["text"]], first=True)


def run(text: str, **style: object) -> Element:
    return {"type": "TextRun", "text": text, **style}


def box(items: Sequence[Element], **style: object) -> Element:
    return {"type": "Container", "items": [*items], "spacing": "Medium", **style}


def execute(title: str, verb: str, data: Mapping[str, object], **style: object) -> Element:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": {**data}, **style}


def row(title: str, verb: str, data: Mapping[str, object]) -> Element:
    """A button for a whole sentence, which the title of an ordinary one would cut off."""
    pressed = execute(title, verb, data)
    shown = words(title, color="Accent")
    return {**box(shown, style="emphasis", spacing="Small"), "selectAction": pressed}


def toggle(title: str, target: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def open_url(title: str, url: str) -> Element:
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def unfold(title: str, body: Sequence[Element], *actions: Element) -> Element:
    """A form that opens beneath the card."""
    inner = {"type": "AdaptiveCard", "version": VERSION, "body": [*body], "actions": [*actions]}
    return {"type": "Action.ShowCard", "title": title, "card": inner}


def buttons(*actions: Element) -> Element:
    return {"type": "ActionSet", "actions": [*actions]}


def text_input(name: str, label: str, value: str = "", **more: object) -> Element:
    return {"type": "Input.Text", "id": name, "label": label, "value": value, **more}


def choices(
    name: str, label: str, options: Mapping[str, str], value: str = "", **more: object
) -> Element:
    """`options` are titles by the value that is sent."""
    listed = [{"title": title, "value": sent} for sent, title in options.items()]
    return {"type": "Input.ChoiceSet", "id": name, "label": label, "choices": listed} | {
        "value": value,
        "wrap": True,
        **more,
    }


def card(summary: str, body: Sequence[Element], actions: Sequence[Element] = ()) -> Element:
    """`summary` is read out, and shown where the card cannot be."""
    whole: Element = {"$schema": SCHEMA, "type": "AdaptiveCard", "version": VERSION}
    whole |= {"fallbackText": summary, "speak": summary, "body": [*body]}
    return {**whole, "actions": [*actions]} if actions else whole


def fitted(build: Callable[[int], Element]) -> Element:
    """The card with the longest texts that Teams takes. `build` cuts each text to the limit it
    is given (`cut`); how many texts there are it limits by itself."""
    fits = (built for limit in LIMITS if _size(built := build(limit)) <= LARGEST_CARD)
    return next(fits, None) or build(LIMITS[-1])


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit].rstrip()}{CUT}"


def _block(inlines: list[Element], *, first: bool) -> Element:
    spacing = "Small" if first else "None"
    return {"type": "RichTextBlock", "inlines": inlines, "spacing": spacing}


def _size(built: Element) -> int:
    return len(json.dumps(built))
