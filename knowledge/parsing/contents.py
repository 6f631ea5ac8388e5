"""The list of contents: it is no part of the policy, but it knows the headings' numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.parsing.lines import SPECKS, Line, has_words, plain
from knowledge.parsing.markers import Marked, marked

_CAPTION = re.compile(
    r"(table of )?contents( page)?|in this (policy|document|guide|guidance)|on this page|index",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\s?(?:\.\s?){3,}|\s?…+|\s?_{3,}|\t+|\s{3,})\s?\d{0,3}$")
_PAGE = re.compile(r"\s\d{1,3}$")
_LINK = re.compile(r"\[([^\]\[]{1,200})\]\(#[^()\s]{0,300}\)$")
_LONGEST_LIST = 400
_LONGEST_LINE = 200
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `leader` says that it leads to a page or a place in the file.

    `key` compares titles, `printed` is the key of the whole line, page number and link included.
    """

    line: int
    marked: Marked | None
    title: str
    key: str
    printed: str
    leader: bool

    @property
    def label(self) -> str:
        return self.marked.readings[0].label if self.marked else ""


def title_key(title: str) -> str:
    return " ".join(re.findall(r"\w+", plain(title).casefold()))


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], tuple[Entry, ...]]:
    """The lines with the contents list blanked, and its entries; none where there is no list."""
    written = [index for index, line in enumerate(lines) if has_words(line.text)]
    head = [lines[index] for index in written[: 2 * _LONGEST_LIST]]
    listed = [_entry(line, captioned=False) for line in head]
    titles = Counter(_printed_title(line) for line in lines if line.text)
    for place, line in enumerate(head[:_LONGEST_LIST]):
        if captioned := _is_caption(line):
            entries = _run_of_entries(_entry(below, captioned) for below in head[place + 1 :])
        elif _begins_a_list(listed[place]):
            entries = _run_of_entries(listed[place:])
        else:
            continue
        if _is_contents(entries, titles, captioned):
            gone = set(written[place : place + captioned + len(entries)])
            return _blanked(lines, gone), tuple(entries)
    return list(lines), ()


def _printed_title(line: Line) -> str:
    if len(line.text) > _LONGEST_LINE:
        return ""
    text = line.text.lstrip("#*_ ")
    label = marked(text)
    return title_key(label.rest if label and label.rest else text)


def _is_caption(line: Line) -> bool:
    label = marked(line.text) if len(line.text) <= _LONGEST_LINE else None
    return _CAPTION.fullmatch(plain(label.rest if label else line.text).strip(": ")) is not None


def _run_of_entries(candidates: Iterable[Entry | None]) -> list[Entry]:
    """Up to the first sentence, or to the first title that comes again: there the body begins."""
    entries: list[Entry] = []
    labels: dict[str, set[str]] = {}
    for entry in candidates:
        if entry is None or _comes_again(entry, labels.setdefault(entry.key, set())):
            break
        labels[entry.key].add(entry.label)
        entries.append(entry)
    return entries


def _comes_again(entry: Entry, labels: set[str]) -> bool:
    """Under another number it may be another section: "2.1 Purpose" after "1.1 Purpose"."""
    return bool(labels) and (not entry.label or not labels.isdisjoint({"", entry.label}))


def _begins_a_list(entry: Entry | None) -> bool:
    if entry is None:
        return False
    return entry.leader or (entry.marked is not None and entry.marked.readings[0].ordinal <= 1)


def _entry(line: Line, captioned: bool) -> Entry | None:
    if len(line.text) > _LONGEST_LINE:
        return None
    text = line.text.lstrip("-*+#" + SPECKS + " ")
    if link := _LINK.search(text):
        text = text[: link.start()] + link[1]
    leader = _LEADER.search(text)
    text = text[: leader.start()] if leader else text
    label = marked(text)
    title = plain(label.rest if label and label.rest else text)
    title = _PAGE.sub("", title) if captioned else title
    if not title or title[-1] in ".;:!," or len(title.split()) > _MOST_WORDS:
        return None
    return Entry(
        line.number, label, title, title_key(title), _printed_title(line), bool(leader or link)
    )


def _is_contents(entries: Sequence[Entry], titles: Counter[str], captioned: bool) -> bool:
    if len(entries) < (2 if captioned else 3):
        return False
    repeated = sum(titles[entry.key] > (entry.key == entry.printed) for entry in entries)
    leaders = sum(entry.leader for entry in entries)
    return 2 * repeated > len(entries) or 2 * leaders > len(entries)


def _blanked(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    return [replace(line, text="") if index in gone else line for index, line in enumerate(lines)]
