"""Which sentence introduces a list: "You must not:" belongs to the list directly below it and to
no other, so that no item is ever read as the opposite of what the policy says."""

from dataclasses import dataclass

from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.leads import (
    BANS,
    NO_LEAD,
    UNSURE,
    Lead,
    lead_of,
    lead_of_heading,
    opens_list,
    under_title,
)
from knowledge.parsing.parts import Part, Run
from knowledge.policy import Obligation, Sentence


@dataclass(slots=True)
class OpenList:
    """A list that goes on: its run of labels, or the indent of its bullets."""

    lead: Lead
    run: Run | None = None
    indent: int = 0
    doubtful: bool = False


class LeadIns:
    """Follows the blocks in order and knows the lead-in of each."""

    def __init__(self) -> None:
        self._opening: Lead | None = None
        self._opened_by: Block | None = None
        self._opened_in: Part | None = None
        self._title = NO_LEAD
        self._unfinished = False
        self._lists: list[OpenList] = []
        self._seen: set[int] = set()

    def heading(self, part: Part) -> None:
        self._lists.clear()
        self._title = lead_of_heading(part.title)
        self._opening, self._opened_by = self._title, None
        self._unfinished = False

    def lead(self, block: Block, part: Part) -> Lead:
        self._close(block, part)
        if block.shape is Shape.BULLET:
            return self._bullet(block)
        if block.shape is Shape.ITEM and part.run is not None:
            return self._item(block, part, part.run)
        if block.shape is Shape.ROW:
            self._doubt_bans(block)
            return UNSURE
        return NO_LEAD

    def read(self, block: Block, part: Part, said: list[Sentence], lead: Lead) -> None:
        """Notes what the block says: its last sentence may introduce the list below."""
        if block.shape is Shape.PARAGRAPH:
            self._note_paragraph(block, said)
        if not said:
            return  # a label alone: what stands above still stands directly above
        opens = block.shape is not Shape.ROW and opens_list(said[-1].text, block.shape)
        self._opening = lead_of(said[-1], lead) if opens else None
        if self._opening and said[-1].text.endswith(".") and self._opening.is_plain:
            self._opening, opens = None, False
        if self._opening and self._opening.obligation is Obligation.INFORMATION:
            self._opening = under_title(self._title, self._opening)
        self._opened_by, self._opened_in = (block, part) if opens else (None, None)
        self._unfinished = said[-1].text.rstrip()[-1:] not in '.?!:”"'

    def _close(self, block: Block, part: Part) -> None:
        """Closes the lists that this block does not stand in."""
        runs = {id(run) for run in _runs(part)}
        while self._lists and not self._holds(self._lists[-1], runs, block):
            self._lists.pop()

    def _holds(self, opened: OpenList, runs: set[int], block: Block) -> bool:
        if opened.run is not None:
            return id(opened.run) in runs
        if block.shape is Shape.BULLET:
            return block.indent >= opened.indent
        if block.shape is Shape.PARAGRAPH:
            opened.doubtful = opened.doubtful or block.indent <= opened.indent
            return True
        return False

    def _item(self, block: Block, part: Part, run: Run) -> Lead:
        opened = self._lists[-1] if self._lists and self._lists[-1].run is run else None
        opening = self._opening if self._opens(part) else None
        if opened is None:
            lead = opening or self._without_opening(id(run) in self._seen)
            if opening is None:
                self._doubt_bans(block)
            opened = OpenList(lead, run, block.indent)
            self._lists.append(opened)
            self._seen.add(id(run))
        elif opening is not None and self._opened_by is not None:
            opened.lead, opened.doubtful = opening, False
        return UNSURE if opened.doubtful else opened.lead

    def _opens(self, part: Part) -> bool:
        """An item's last sentence introduces only a list within that item."""
        if self._opened_by is None or self._opened_by.shape is Shape.PARAGRAPH:
            return True
        above = part.parent
        while above is not None and above is not self._opened_in:
            above = above.parent
        return above is not None

    def _bullet(self, block: Block) -> Lead:
        opened = self._lists[-1] if self._lists and self._lists[-1].run is None else None
        if opened is None or block.indent > opened.indent:
            lead = self._opening or self._without_opening(seen=False)
            opened = OpenList(lead, None, block.indent)
            self._lists.append(opened)
        elif self._opening and self._opened_by and self._opened_by.shape is not Shape.BULLET:
            opened.lead, opened.doubtful = self._opening, False
        return UNSURE if opened.doubtful and opened.lead.parts else opened.lead

    def _without_opening(self, seen: bool) -> Lead:
        """The lead of a list that no sentence directly above it introduces."""
        within = any(opened.lead.parts or not opened.lead.commands for opened in self._lists)
        if seen or within or self._unfinished or not self._title.commands:
            return UNSURE
        return UNSURE if self._title.obligation in BANS else NO_LEAD

    def _doubt_bans(self, block: Block) -> None:
        """Another list or a table between the items of a ban, no deeper than these, may end it."""
        for opened in self._lists:
            if opened.lead.obligation in BANS and block.indent <= opened.indent:
                opened.doubtful = True

    def _note_paragraph(self, block: Block, said: list[Sentence]) -> None:
        """After a paragraph that allows or demands something, a ban above it may no longer hold."""
        if {sentence.obligation for sentence in said} - {*BANS, Obligation.INFORMATION}:
            self._doubt_bans(block)


def _runs(part: Part | None) -> list[Run]:
    runs = []
    while part is not None:
        if part.run is not None:
            runs.append(part.run)
        part = part.parent
    return runs
