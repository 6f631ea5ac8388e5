"""Which sentence introduces a list: "You must not:" belongs to the list directly below it and to
no other, so that no item is ever read as the opposite of what the policy says."""

import re
from dataclasses import dataclass

from knowledge.parsing.blocks import Block, Shape
from knowledge.parsing.obligation import obligation
from knowledge.parsing.parts import Part, Run
from knowledge.policy import Obligation, Sentence

_ENDS = '.?!;,”"'
_LONGEST = 400
_DEEPEST = 8
_LAST_WORDS = frozenset(
    "must should shall not don't never may always to for will can cannot be are is by if where who"
    " that which include includes including".split()
)
_ANNOUNCES = re.compile(r"\b(?:the following|as follows|below|these)\b", re.IGNORECASE)
_FORBIDS = re.compile(
    r"\b(?:prohibit(?:ed|ions?|s)?|forbidden|banned|not (?:allowed|permitted)|must not"
    r"|may not)\b",
    re.IGNORECASE,
)
_WARNS = re.compile(
    r"\b(?:unacceptable|inappropriate|don['’]?ts|not to do|avoid|bad practice|misuse|abuse"
    r"|not acceptable|never)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:misconduct|offen[cs]es?|breach(?:es)?|violations?|excluded|exclusions?|exempt\w*"
    r"|exceptions?|except|unless|other than|apart from|save|(?:not|n['’]t) (?:cover|apply|include"
    r"|need|have)\w*|refus\w+|grounds|failures?|risks?|threats?|if you do not|if they do not"
    r"|provided (?:that )?\w+ do(?:es)? not|without)\b",
    re.IGNORECASE,
)
_EXCEPTS = re.compile(
    r"\b(?:except(?:ing)?(?: for| where| when| if| that)?|unless|other than|apart from"
    r"|save(?: for| that| where)?|excluding|with the exception of|(?:do|does) not apply (?:to|where"
    r"|if|when))\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """`parts` are the sentences that introduce an item, outermost first. `commands` says whether
    an item without a modal word, such as "Lock the door", may be read as a command."""

    parts: tuple[str, ...] = ()
    obligation: Obligation = Obligation.INFORMATION
    commands: bool = True

    @property
    def text(self) -> str:
        return "\n".join(self.parts)

    def applied_to(self, text: str) -> Sentence:
        lead = Sentence(self.text, self.obligation)
        return Sentence(text, obligation(text, lead, commands=self.commands), self.text)

    def after_first(self, text: str) -> Sentence:
        """A further sentence of an item stands for itself, but is no command under a ban."""
        commands = self.commands and self.obligation not in _BANS
        return Sentence(text, obligation(text, commands=commands))


_BANS = (Obligation.MUST_NOT, Obligation.SHOULD_NOT)
NO_LEAD = Lead()
UNSURE = Lead(commands=False)
"""For an item that something separates from its lead-in: it binds by its own words alone."""


def lead_of(sentence: Sentence, above: Lead) -> Lead:
    """The lead-in that a sentence is for the list directly below it."""
    text = sentence.text
    parts = (*above.parts, text) if sentence.lead_in else (text,)
    if len(parts) > _DEEPEST:
        return UNSURE
    if _EXCEPTS.search(text):
        return Lead(parts, commands=False)
    unbound = sentence.obligation is Obligation.INFORMATION
    doubtful = _AGAINST.search(text) is not None or _FORBIDS.search(text) or _WARNS.search(text)
    return Lead(parts, sentence.obligation, commands=not (unbound and doubtful))


def lead_of_heading(title: str, above: Lead) -> Lead:
    """A heading such as "Staff must not" or "Prohibited use" introduces the list below it."""
    bound = obligation(title, commands=False)
    last = title.lower().replace("’", "'").split()[-1:]
    if bound is not Obligation.INFORMATION and set(last) & _LAST_WORDS:
        return Lead((title,), bound)
    if _FORBIDS.search(title) and bound is not Obligation.MUST:
        return Lead((title,), Obligation.MUST_NOT)
    if _WARNS.search(title):
        return Lead((title,), Obligation.SHOULD_NOT)
    return UNSURE if _AGAINST.search(title) or not above.commands else NO_LEAD


def opens_list(sentence: str, shape: Shape) -> bool:
    """Items often end without a full stop, so that only a colon or a last word such as "must"
    makes one a lead-in."""
    end = sentence.rstrip("*_ ")
    if end[-1:] in (":", "-", "–", "—") or _EXCEPTS.search(end):
        return True
    if shape is not Shape.PARAGRAPH:
        return end.lower().rpartition(" ")[2] in _LAST_WORDS
    if end[-1:] in ".;" and _ANNOUNCES.search(end[-_LONGEST:]):
        return True
    return len(sentence) <= _LONGEST and end[-1:] not in _ENDS


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
        self._title = lead_of_heading(part.title, NO_LEAD)
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
        if self._opening and self._opening.obligation is Obligation.INFORMATION:
            self._opening = _under(self._title, self._opening)
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
        elif self._opening is not None and self._opened_by is not None:
            if self._opened_by.shape is not Shape.BULLET:
                opened.lead, opened.doubtful = self._opening, False
        return UNSURE if opened.doubtful and opened.lead.parts else opened.lead

    def _without_opening(self, seen: bool) -> Lead:
        """The lead of a list that no sentence directly above it introduces."""
        within = any(opened.lead.parts or not opened.lead.commands for opened in self._lists)
        if seen or within or self._unfinished or not self._title.commands:
            return UNSURE
        return UNSURE if self._title.obligation in _BANS else NO_LEAD

    def _doubt_bans(self, block: Block) -> None:
        """Another list or a table between the items of a ban, no deeper than these, may end it."""
        for opened in self._lists:
            if opened.lead.obligation in _BANS and block.indent <= opened.indent:
                opened.doubtful = True

    def _note_paragraph(self, block: Block, said: list[Sentence]) -> None:
        """After a paragraph that allows or demands something, a ban above it may no longer hold."""
        if {sentence.obligation for sentence in said} - {*_BANS, Obligation.INFORMATION}:
            self._doubt_bans(block)


def _under(title: Lead, lead: Lead) -> Lead:
    """A lead-in such as "This includes:" below the heading "Prohibited use"."""
    if title.obligation in _BANS:
        return Lead((*title.parts, *lead.parts), title.obligation)
    return lead if title.commands else Lead(lead.parts, commands=False)


def _runs(part: Part | None) -> list[Run]:
    runs = []
    while part is not None:
        if part.run is not None:
            runs.append(part.run)
        part = part.parent
    return runs
