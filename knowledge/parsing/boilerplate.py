"""Lines of a web page or of printed pages that are no part of the policy: left out, reported."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.parsing.document import LeftOut
from knowledge.parsing.lines import SPECKS, Line, blank
from knowledge.policy import Defect

_WEB_PAGE = re.compile(
    r"(?:comments are closed|leave a (?:comment|reply)|no comments|(?:be the first to )?comment"
    r"|share (?:this|on|via)(?: [\w ]{1,30})?|tweet(?: this)?|like this"
    r"|follow us(?: on [\w ,]{1,40})?"
    r"|(?:back to|top of)(?: the)? (?:top|page)|skip to (?:main )?(?:content|navigation)"
    r"|(?:print|email|bookmark)(?: (?:this|page|friendly|version)){1,2}|print"
    r"|you are here:?.{0,120}|home(?: ?[>»/›] ?[\w ,&’'-]{1,60}){1,6}|toggle navigation"
    r"|(?:this|our) (?:web)?site uses cookies.{0,200}|we use cookies (?:on|to) .{0,200}"
    r"|(?:accept|reject|manage)(?: all)?(?: additional)? cookies|cookie (?:settings|preferences)"
    r"|was this (?:page|information) (?:helpful|useful).{0,20}|(?:rate|report) this page"
    r"|(?:©|\(c\)|copyright)(?: ©)? (?:\d{4}|[\w ]{1,60} \d{4}).{0,60}|all rights reserved"
    r"|(?:«|‹|<)? ?(?:previous|next)(?: page)? ?(?:»|›|>)?|posted (?:on|by|in) .{0,80}"
    r"|read more|related (?:links|pages)|<!--.{0,400}-->)[.!?:…]*",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:.{0,100}\s)?Page \d{1,4} ?(?:of|/) ?\d{1,4}(?:\s.{0,40})?(?<!\.)"
    r"|[Pp]age:? \d{1,4}|[-–—|] ?\d{1,4} ?[-–—|]|\d{1,3} of \d{1,3}"
)
_BARE = re.compile(r"\d{1,3}")
_LONGEST = 400
_DEEP = 20
"""Columns from which a number alone on its line is taken for a page number."""


@dataclass(slots=True)
class Cleaned:
    """`lines` with everything that was left out blank, so that all others keep their neighbours."""

    lines: list[Line]
    defects: list[Defect] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, index: int, reason: str) -> None:
        line = self.lines[index]
        self.left_out.append(LeftOut(line.number, line.page, line.text, reason))
        self.lines[index] = blank(line)


def without_boilerplate(lines: Sequence[Line]) -> Cleaned:
    cleaned = Cleaned(list(lines))
    _leave_out_web_page(cleaned)
    pages = _page_lines(cleaned.lines)
    if pages:
        number, text = cleaned.lines[pages[0]].number, cleaned.lines[pages[0]].text
        problem = f"{len(pages)} page headers or footers in the text, the first “{text}”"
        cleaned.defects.append(Defect(number, problem, "left out"))
        for index in pages:
            cleaned.leave_out(index, "page header or footer")
        cleaned.lines = _joined_across(cleaned.lines, set(pages))
    return cleaned


def _leave_out_web_page(cleaned: Cleaned) -> None:
    for index, line in enumerate(cleaned.lines):
        if line.text and not line.label and _is_web_page(line.text):
            problem = f"“{line.text}” is left over from a web page"
            cleaned.defects.append(Defect(line.number, problem, "left out"))
            cleaned.leave_out(index, "web page")


def _is_web_page(text: str) -> bool:
    text = text.strip(SPECKS + "|*_ ")
    return len(text) <= _LONGEST and _WEB_PAGE.fullmatch(text) is not None


def _page_lines(lines: Sequence[Line]) -> list[int]:
    """Where page numbers stand, with what is printed beside them on several pages."""
    written = [index for index, line in enumerate(lines) if line.text]
    pages = {place for place, index in enumerate(written) if _is_page(lines[index])}
    pages.update(_bare_numbers(lines, written))
    if not pages:
        return []
    texts = Counter(lines[index].text for index in written)
    beside = Counter(
        lines[written[place]].text
        for page in pages
        for place in {page - 1, page + 1} - pages
        if 0 <= place < len(written)
    )
    running = {text for text, count in beside.items() if 2 <= count == texts[text]}
    return [
        index
        for place, index in enumerate(written)
        if place in pages or lines[index].text in running
    ]


def _is_page(line: Line) -> bool:
    if line.label or line.cells or line.heading:
        return False
    return len(line.text) <= 160 and _PAGE.fullmatch(line.text) is not None


def _bare_numbers(lines: Sequence[Line], written: Sequence[int]) -> set[int]:
    """Numbers alone, between blank lines or far to the right, that count upwards."""
    bare = [
        place
        for place, index in enumerate(written)
        if _BARE.fullmatch(lines[index].text)
        and not lines[index].label
        and (_is_apart(lines, index) or _is_far_right(lines, index))
    ]
    numbers = [int(lines[written[place]].text) for place in bare]
    return set(bare) if len(bare) > 1 and numbers == sorted(set(numbers)) else set()


def _is_apart(lines: Sequence[Line], index: int) -> bool:
    return not any(line.text for line in _neighbours(lines, index))


def _is_far_right(lines: Sequence[Line], index: int) -> bool:
    indent = lines[index].indent
    return indent >= _DEEP and all(
        line.indent < indent for line in _neighbours(lines, index) if line.text
    )


def _neighbours(lines: Sequence[Line], index: int) -> tuple[Line, ...]:
    return (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])


def _joined_across(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    """Without the blank lines of a page break that cuts a paragraph in two."""
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and (end in gone or not lines[end].printed):
            end += 1
        page_break = any(each in gone for each in range(index, end))
        if not (page_break and goes_on(kept, lines[end : end + 1])):
            kept.extend(lines[index:end])
        kept.extend(lines[end : end + 1])
        index = end + 1
    return kept


def goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Whether a page break between these lines cuts a paragraph in two."""
    if not before or not after or not before[-1].text or after[0].label:
        return False
    return before[-1].text[-1] not in ".:;?!" and after[0].text[:1].islower()
