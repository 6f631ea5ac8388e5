"""Web pages as lines: the main content, without what stands round it."""

import re

from lxml import etree, html
from lxml.html import HtmlElement

from knowledge.documents.html_walker import Walker
from knowledge.parsing.document import Document
from knowledge.parsing.lines import Line

_LEAST_MAIN = 0.3


def read_html(text: str) -> Document:
    root = _root(text)
    walker = Walker()
    if root is not None:
        main = _main_content(root)
        walker.walk(main, 0)
        walker.end_line()
    title = _title(root) if root is not None else ""
    return Document(tuple(walker.lines), title, tuple(walker.left_out))


def read_fragment(text: str) -> list[Line]:
    root = _root(text)
    if root is None:
        return []
    walker = Walker()
    walker.walk(root, 0)
    walker.end_line()
    return walker.lines


def _root(text: str) -> HtmlElement | None:
    if not text.strip():
        return None
    # An encoding declared in text that is already decoded would be refused.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root: HtmlElement = html.document_fromstring(text, parser=parser)
    except (ValueError, etree.ParserError):
        return None
    return root


def _title(root: HtmlElement) -> str:
    found = root.find(".//title")
    return " ".join((found.text_content() if found is not None else "").split())


def _main_content(root: HtmlElement) -> HtmlElement:
    """The element that holds the page's own text: <main>, else a sole <article>, else all."""
    body = root.find("body")
    whole = body if body is not None else root
    length = len(whole.text_content())
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len(found[0].text_content()) >= _LEAST_MAIN * length:
            return found[0]
    return whole
