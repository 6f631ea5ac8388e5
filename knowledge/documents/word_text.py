"""The visible text of a Word paragraph: deleted and hidden text is left out."""

from collections.abc import Iterator

from lxml import etree

from knowledge.documents.word_xml import MC, W, child, is_on
from knowledge.parsing.lines import INVISIBLE, has_words
from knowledge.parsing.markers import marked

LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference", "endnoteReference")
) | {f"{MC}Fallback"}
_BOX = f"{W}txbxContent"
_PROPERTIES = frozenset((f"{W}pPr", f"{W}rPr", f"{W}sdtPr"))
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}noBreakHyphen": "-"}
_DEEPEST = 60


def texts(element: etree._Element, depth: int) -> Iterator[str]:
    """The visible text of a paragraph; "\\n" for a line break, "\\t" for a tab."""
    if depth > _DEEPEST:
        return
    for part in element:
        if _is_left_out(part):
            continue
        if part.tag == f"{W}t":
            yield part.text or ""
        elif part.tag in (f"{W}br", f"{W}cr"):
            yield "\n" if part.get(f"{W}type") in (None, "textWrapping") else " "
        elif part.tag in _SIGNS:
            yield _SIGNS[part.tag]
        else:
            yield from texts(part, depth + 1)
            yield " " if part.tag == f"{W}p" else ""


def _is_left_out(part: etree._Element) -> bool:
    if part.tag in LEFT_OUT or part.tag in _PROPERTIES or part.tag == _BOX:
        return True
    return part.tag == f"{W}r" and _is_hidden(part)


def _is_hidden(run: etree._Element) -> bool:
    properties = child(run, "rPr")
    return bool(is_on(properties, "vanish") or is_on(properties, "webHidden"))


def bold_runs(paragraph: etree._Element, inherited: bool) -> Iterator[bool]:
    for run in paragraph.iter(f"{W}r"):
        if has_words("".join(text.text or "" for text in run.iterchildren(f"{W}t"))):
            bold = is_on(child(run, "rPr"), "b")
            yield inherited if bold is None else bold


def boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Text boxes; what is stored a second time for older programs is skipped."""
    for box in paragraph.iter(_BOX):
        if not any(ancestor.tag == f"{MC}Fallback" for ancestor in box.iterancestors()):
            yield box


def tidy(text: str) -> str:
    """A tab stays only where it sets a typed label apart."""
    text = text.strip(INVISIBLE)
    if "\t" in text:
        head, _, rest = text.partition("\t")
        label = marked(text)
        rest = " ".join(rest.split())
        text = f"{head}\t{rest}" if label and label.apart else f"{head} {rest}"
    return text.strip()
