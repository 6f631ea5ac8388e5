"""Sentences and headings that introduce a list, such as "You must not:", and their force."""

import re
from dataclasses import dataclass

from knowledge.parsing.blocks import Shape
from knowledge.parsing.obligation import obligation
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

    @property
    def is_plain(self) -> bool:
        """It neither binds nor forbids, so that the items below it are understood alone."""
        return self.obligation is Obligation.INFORMATION and self.commands

    def applied_to(self, text: str) -> Sentence:
        lead = Sentence(self.text, self.obligation)
        return Sentence(text, obligation(text, lead, commands=self.commands), self.text)

    def after_first(self, text: str) -> Sentence:
        """A further sentence of an item stands for itself, but is no command under a ban."""
        commands = self.commands and self.obligation not in BANS
        return Sentence(text, obligation(text, commands=commands))


BANS = (Obligation.MUST_NOT, Obligation.SHOULD_NOT)
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


def lead_of_heading(title: str) -> Lead:
    """A heading such as "Staff must not" or "Prohibited use" introduces the list below it."""
    bound = obligation(title, commands=False)
    last = title.lower().replace("’", "'").split()[-1:]
    if bound is not Obligation.INFORMATION and set(last) & _LAST_WORDS:
        return Lead((title,), bound)
    if _FORBIDS.search(title) and bound is not Obligation.MUST:
        return Lead((title,), Obligation.MUST_NOT)
    if _WARNS.search(title):
        return Lead((title,), Obligation.SHOULD_NOT)
    return UNSURE if _AGAINST.search(title) else NO_LEAD


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


def under_title(title: Lead, lead: Lead) -> Lead:
    """A lead-in such as "This includes:" below the heading "Prohibited use"."""
    if title.obligation in BANS:
        return Lead((*title.parts, *lead.parts), title.obligation)
    return lead if title.commands else Lead(lead.parts, commands=False)
