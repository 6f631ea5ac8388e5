"""What the elements of a web page mean for its text: lists, emphasis, what is not shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from knowledge.parsing.lines import has_words

NOT_SHOWN = frozenset(
    "script style template noscript head svg canvas iframe object audio video map select option"
    " input button textarea datalist math".split()
)
_OUTSIDE = frozenset("nav footer aside form dialog menu".split())
_OUTSIDE_ROLES = frozenset("navigation banner contentinfo search complementary dialog".split())
_OUTSIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|site-?header"
    r"|site-?footer|footer|skip|share|sharing|social-share|related|pagination|pager|comments?"
    r"|toc-toggle|masthead|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOLD = frozenset(("b", "strong", "dt", "th"))
_STYLES = {
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "1": "decimal",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w -]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class HtmlList:
    ordered: bool
    style: str
    number: int
    step: int = 1


def mark(element: HtmlElement) -> str:
    if element.tag in _BOLD:
        return "bold"
    linked = element.tag == "a" and str(element.get("href") or "").startswith("#")
    return "linked" if linked else ""


def is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return _HIDDEN.search(element.get("style") or "") is not None


def is_outside(element: HtmlElement) -> bool:
    if element.tag in _OUTSIDE or element.get("role") in _OUTSIDE_ROLES:
        return True
    if element.tag == "header":
        above = element.getparent()
        return above is not None and above.tag == "body" and not element.xpath(".//h1")
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if element.tag in ("html", "body", "main", "article") or not _OUTSIDE_NAMES.search(names):
        return False
    return element.tag in ("div", "ul", "ol", "section", "p", "header", "span", "a")


def list_of(element: HtmlElement) -> HtmlList:
    if element.tag != "ol":
        return HtmlList(ordered=False, style="disc", number=0)
    styled = _LIST_STYLE.search(element.get("style") or "")
    style = styled[1].split()[0].lower() if styled else ""
    style = style or _STYLES.get(element.get("type") or "1", "decimal")
    start = element.get("start") or ""
    down = element.get("reversed") is not None
    number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    if down and not start:
        number = len(element.xpath("./li"))
    return HtmlList(style != "none", style, number, -1 if down else 1)


def texts(element: HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        if has_words(text):
            yield " ".join(text.split())
