"""Lines that came along from a web page or from paper: they are reported and left out."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from knowledge.parsing.lines import SPECKS, Line
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


def without_boilerplate(lines: Sequence[Line]) -> tuple[list[Line], list[Defect]]:
    """The lines with the leftovers blanked, so that every other line keeps its neighbours."""
    kept, web = _without_web_page(lines)
    pages = _page_lines(kept)
    if not pages:
        return kept, web
    number, text = kept[pages[0]].number, kept[pages[0]].text
    problem = f"{len(pages)} page headers or footers in the text, the first “{text}”"
    return _without_pages(kept, set(pages)), [*web, Defect(number, problem, "left out")]


def _without_web_page(lines: Sequence[Line]) -> tuple[list[Line], list[Defect]]:
    kept: list[Line] = []
    defects: list[Defect] = []
    for line in lines:
        if line.text and _is_web_page(line.text):
            problem = f"“{line.text}” is left over from a web page"
            defects.append(Defect(line.number, problem, "left out"))
            kept.append(replace(line, text=""))
        else:
            kept.append(line)
    return kept, defects


def _is_web_page(text: str) -> bool:
    text = text.strip(SPECKS + "|*_ ")
    return len(text) <= _LONGEST and _WEB_PAGE.fullmatch(text) is not None


def _page_lines(lines: Sequence[Line]) -> list[int]:
    """Where page numbers stand, with what is printed beside them on several pages."""
    written = [index for index, line in enumerate(lines) if line.text]
    pages = {place for place, index in enumerate(written) if _is_page(lines[index].text)}
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


def _is_page(text: str) -> bool:
    return len(text) <= 160 and _PAGE.fullmatch(text) is not None


def _bare_numbers(lines: Sequence[Line], written: Sequence[int]) -> set[int]:
    """Numbers alone between blank lines that count upwards."""
    bare = [
        place
        for place, index in enumerate(written)
        if _BARE.fullmatch(lines[index].text)
        and not any(
            line.text for line in (*lines[index - 1 : index], *lines[index + 1 : index + 2])
        )
    ]
    numbers = [int(lines[written[place]].text) for place in bare]
    return set(bare) if len(bare) > 1 and numbers == sorted(set(numbers)) else set()


def _without_pages(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    kept: list[Line] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and (end in gone or not lines[end].text):
            end += 1
        gap = lines[index:end]
        cut = any(each in gone for each in range(index, end)) and _goes_on(
            kept, lines[end : end + 1]
        )
        kept.extend(replace(line, text="") for line in gap if not cut)
        kept.extend(lines[end : end + 1])
        index = end + 1
    return kept


def _goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """A paragraph that the page break cut in two."""
    if not before or not after or not before[-1].text:
        return False
    return before[-1].text[-1] not in ".:;?!" and after[0].text[:1].islower()
