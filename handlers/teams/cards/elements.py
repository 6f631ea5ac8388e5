"""The parts that Adaptive Cards are made of, as plain JSON; such JSON stays in the Teams files.

A TextBlock reads its text as Markdown, a TextRun does not. So runs show what people have written
and what policies print, and text blocks show the bot's own words alone.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Element = dict[str, Any]

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
# Teams takes messages of 28 KB, and there is more in a message than its card:
# https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
LARGEST_CARD = 25_000  # bytes
LIMITS = (8000, 3000, 1200, 500, 200, 80, 30)  # characters of each text, tried in turn
CUT = " … (cut here: the rest is too long for Teams)"


def heading(text: str) -> Element:
    """Screen readers announce it as a heading. For the bot's own words alone."""
    return {"type": "TextBlock", "text": text, "style": "heading", "weight": "Bolder", "wrap": True}


def words(text: str, **style: object) -> list[Element]:
    """Any text, a block for each line: a run cannot contain line ends."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [_block([run(line, **style)], first=line is lines[0]) for line in lines]


def runs(*parts: Element) -> Element:
    return _block([part for part in parts if part["text"]], first=True)


def run(text: str, **style: object) -> Element:
    return {"type": "TextRun", "text": text, **style}


def line(*parts: Element) -> Element:
    """A line right under the one before it."""
    return _block([part for part in parts if part["text"]], first=False)


def beside(left: Element, right: Element) -> Element:
    """Two elements on one line; the right one takes what it needs."""
    columns = [
        {"type": "Column", "width": "stretch", "items": [left]},
        {"type": "Column", "width": "auto", "items": [right]},
    ]
    return {"type": "ColumnSet", "columns": columns, "spacing": "Small"}


def box(items: Sequence[Element], **style: object) -> Element:
    return {"type": "Container", "items": [*items], "spacing": "Medium", **style}


def execute(title: str, verb: str, data: Mapping[str, object], **style: object) -> Element:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": {**data}, **style}


def row(title: str, verb: str, data: Mapping[str, object]) -> Element:
    """A button for a whole sentence; Teams would cut off the title of an ordinary one."""
    shown = words(title, color="Accent")
    action = execute(title, verb, data)
    return {**box(shown, style="emphasis", spacing="Small"), "selectAction": action}


def toggle(title: str, target: str) -> Element:
    return {"type": "Action.ToggleVisibility", "title": title, "targetElements": [target]}


def reveal(label: str, title: str, target: str) -> Element:
    """A word or two that show or hide an element; screen readers say the longer `title`."""
    return {**box([line(run(label, color="Accent"))]), "selectAction": toggle(title, target)}


def linked(label: str, title: str, url: str) -> Element:
    """A word or two that open a page; screen readers say the longer `title`."""
    return {**box([line(run(label, color="Accent"))]), "selectAction": open_url(title, url)}


def in_menu(*actions: Element) -> list[Element]:
    """Teams shows these in the menu at the end of the buttons ("…")."""
    return [{**action, "mode": "secondary"} for action in actions]


def primary(action: Element) -> Element:
    return {**action, "style": "positive"}


def open_url(title: str, url: str) -> Element:
    return {"type": "Action.OpenUrl", "title": title, "url": url}


def unfold(title: str, body: Sequence[Element], *actions: Element) -> Element:
    """A button that opens a form beneath the card."""
    inner = {"type": "AdaptiveCard", "version": VERSION, "body": [*body], "actions": [*actions]}
    return {"type": "Action.ShowCard", "title": title, "card": inner}


def buttons(*actions: Element) -> Element:
    return {"type": "ActionSet", "actions": [*actions]}


def text_input(name: str, label: str, value: str = "", **more: object) -> Element:
    return {"type": "Input.Text", "id": name, "label": label, "value": value, **more}


def choices(
    name: str, label: str, options: Mapping[str, str], chosen: str = "", **more: object
) -> Element:
    """`options`: the title that is shown, by the value that is sent."""
    listed = [{"title": title, "value": value} for value, title in options.items()]
    return {"type": "Input.ChoiceSet", "id": name, "label": label, "choices": listed} | {
        "value": chosen,
        "wrap": True,
        **more,
    }


def card(summary: str, body: Sequence[Element], actions: Sequence[Element] = ()) -> Element:
    """Screen readers say the `summary`; notifications and old clients show it."""
    whole: Element = {"$schema": SCHEMA, "type": "AdaptiveCard", "version": VERSION}
    whole |= {"fallbackText": summary, "speak": summary, "body": [*body]}
    return {**whole, "actions": [*actions]} if actions else whole


def fitted(build: Callable[[int], Element]) -> Element:
    """The card with the longest texts that Teams takes. `build` cuts each text to the limit that
    it is given, in characters, and itself limits how many texts there are."""
    fitting = (built for limit in LIMITS if fits(built := build(limit)))
    return next(fitting, None) or build(LIMITS[-1])


def fits(built: Element) -> bool:
    """Whether Teams takes a card of this size."""
    return len(json.dumps(built)) <= LARGEST_CARD


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit].rstrip()}{CUT}"


def shortened(text: str, longest: int) -> str:
    """The beginning on one line, where the whole is to be read elsewhere."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    begun = line[: longest - 1]
    space = begun.rfind(" ", longest * 4 // 5)
    return f"{begun[:space] if space > 0 else begun}…"


def _block(inlines: list[Element], *, first: bool) -> Element:
    spacing = "Small" if first else "None"
    return {"type": "RichTextBlock", "inlines": inlines, "spacing": spacing}
