"""Reads the entries of a conversation and the forms of a page from its HTML."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "link", "meta", "br", "hr", "img"})
ASIDE = frozenset({"form", "details", "h3"})


@dataclass
class Button:
    text: str
    name: str
    value: str
    action: str


@dataclass
class Form:
    action: str
    fields: dict[str, str]
    buttons: list[Button] = field(default_factory=list)


@dataclass
class Entry:
    """`text` is what was said, without the forms under it."""

    id: str
    kind: str
    text: str = ""
    forms: list[Form] = field(default_factory=list)


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.forms: list[Form] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if tag == "article":
            self.entries.append(Entry(given["id"], given["class"]))
        elif tag == "form":
            self._begin_form(given)
        elif tag == "input" and "form" in self._open:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "button" and "form" in self._open:
            form = self.forms[-1]
            action = given.get("formaction", form.action)
            button = Button("", given.get("name", ""), given.get("value", ""), action)
            form.buttons.append(button)

    def _begin_form(self, given: dict[str, str]) -> None:
        form = Form(given["action"], {})
        self.forms.append(form)
        if "article" in self._open:
            self.entries[-1].forms.append(form)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if {"button", "form"} <= set(self._open):
            self.forms[-1].buttons[-1].text += data
        elif "button" not in self._open and "article" in self._open and not ASIDE & set(self._open):
            self.entries[-1].text += data
