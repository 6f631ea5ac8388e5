"""The list of contents: not part of the policy, but it prints the numbers of the headings."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.parsing.document import LeftOut
from knowledge.parsing.lines import SPECKS, Line, blank, has_words, plain
from knowledge.parsing.markers import Marked, marked

_CAPTION = re.compile(
    r"(table of )?contents( page)?|in this (policy|document|guide|guidance)|on this page|index",
    re.IGNORECASE,
)
_LEADER = re.compile(
    r"(?:\s?(?:\.\s?){3,}|\s?…+|\s?_{3,}|\t+|\s{3,})\s?(?:[Pp]age )?\d{0,3}$|\.\s\d{1,3}$"
)
_DOTS = re.compile(r"\s?(?:[.·…_]\s?){5,}")
_PAGE = re.compile(r"\s\d{1,3}$")
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


@dataclass(frozen=True, slots=True)
class Contents:
    """`lines` are the document's lines, those of the contents list blank; `entries` is empty
    where there is no such list."""

    lines: list[Line]
    entries: tuple[Entry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def without_contents(lines: Sequence[Line]) -> Contents:
    written = [index for index, line in enumerate(lines) if has_words(line.printed)]
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
        elsewhere = titles - Counter(entry.printed for entry in entries)
        entries = _without_tail(entries, elsewhere)
        if _is_contents(entries, elsewhere, captioned):
            gone = written[place : place + captioned + len(entries)]
            return _blanked(lines, gone, tuple(entries))
    return Contents(list(lines))


def _without_tail(entries: list[Entry], elsewhere: Counter[str]) -> list[Entry]:
    """Short lines after the last entry are text, unless they look like the entries above."""
    labelled = sum(entry.marked is not None for entry in entries) * 2 > len(entries)
    end = len(entries)
    while end and not _is_listed(entries[end - 1], elsewhere, labelled):
        end -= 1
    return entries[:end]


def _is_listed(entry: Entry, elsewhere: Counter[str], labelled: bool) -> bool:
    if entry.leader or (labelled and entry.marked is not None):
        return True
    return elsewhere[entry.key] > 0


def _printed_title(line: Line) -> str:
    if len(line.text) > _LONGEST_LINE:
        return ""
    text = line.text.strip()
    label = marked(text)
    return title_key(label.rest if label and label.rest else text)


def _is_caption(line: Line) -> bool:
    label = marked(line.text) if len(line.text) <= _LONGEST_LINE else None
    return _CAPTION.fullmatch(plain(label.rest if label else line.text).strip(": ")) is not None


def _run_of_entries(candidates: Iterable[Entry | None]) -> list[Entry]:
    """Up to the first sentence, or to the first title that is repeated: there the body begins."""
    entries: list[Entry] = []
    labels: dict[str, set[str]] = {}
    for entry in candidates:
        if entry is None or _is_repeated(entry, labels.setdefault(entry.key, set())):
            break
        labels[entry.key].add(entry.label)
        entries.append(entry)
    return entries


def _is_repeated(entry: Entry, labels: set[str]) -> bool:
    """Under another number it may be another section: "2.1 Purpose" after "1.1 Purpose"."""
    return bool(labels) and (not entry.label or not labels.isdisjoint({"", entry.label}))


def _begins_a_list(entry: Entry | None) -> bool:
    if entry is None:
        return False
    return entry.leader or (entry.marked is not None and entry.marked.readings[0].ordinal <= 1)


def _entry(line: Line, captioned: bool) -> Entry | None:
    text = _DOTS.sub(" ....", line.printed.lstrip("-*+" + SPECKS + " "))
    if len(text) > _LONGEST_LINE:
        return None
    leader = _LEADER.search(text)
    text = text[: leader.start()] if leader else text
    if line.heading and not (line.linked or leader):
        return None
    label = marked(text)
    title = plain(label.rest if label and label.rest else text)
    if captioned or leader or line.linked:
        title = _PAGE.sub("", title).rstrip(".")
    if not title or title[-1] in ".;:!,-–—" or len(title.split()) > _MOST_WORDS:
        return None
    return Entry(
        line.number,
        label,
        title,
        title_key(title),
        _printed_title(line),
        bool(leader) or line.linked,
    )


def _is_contents(entries: Sequence[Entry], elsewhere: Counter[str], captioned: bool) -> bool:
    """Most of its entries are titles elsewhere in the document, or lead to a page."""
    if len(entries) < (2 if captioned else 3):
        return False
    repeated = sum(elsewhere[entry.key] > 0 for entry in entries)
    leaders = sum(entry.leader for entry in entries)
    return 2 * repeated > len(entries) or 2 * leaders > len(entries)


def _blanked(lines: Sequence[Line], gone: Sequence[int], entries: tuple[Entry, ...]) -> Contents:
    kept = list(lines)
    left_out = []
    for index in gone:
        line = kept[index]
        left_out.append(LeftOut(line.number, line.page, line.printed, "contents list"))
        kept[index] = blank(line)
    return Contents(kept, entries, tuple(left_out))
