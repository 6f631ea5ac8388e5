"""What a rule is about and what a question is about: private use, the council's own accounts, or
something that is not online at all.

A rule for private use does not answer for the council's accounts or for print, nor the reverse:
"Avoid use of the council logo" under "outside work" says nothing about a team's page. Where the
words of either leave it open, there is no conflict.
"""

import re
from enum import Enum

from index.passages import Passage


class Scope(Enum):
    PERSONAL = "private use"
    OFFICIAL = "the council's own accounts"
    OFFLINE = "print and other things that are not social media"


_SITE = (
    r"(?:pages?|accounts?|profiles?|bio|feeds?|channels?|blogs?|twitter|facebook|fb|insta(?:gram)?"
    r"|tiktok|linkedin|youtube|snapchat|socials|website|site|header|banner|handle|posts?|tweets?)"
)
_BODY = (
    r"(?:council|team|service|department(?:al)?|corporate|official|library|museum|school|work"
    r"|section|office|leisure|depot|archive|registrars?|youth|housing|highways|campaign|project)"
)
_PERSONAL = re.compile(
    rf"\b(?:my|his|her|their|your|me)\s+(?:own|personal|private)\b"
    rf"|\b(?:personal|private)\s+(?:{_SITE}|use|social media|life|capacity)\b"
    rf"|\b(?:my|his|her|me)\s+{_SITE}\b|\boutside (?:of )?work\b|\bpersonally\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    rf"\bour\s+(?:own\s+)?(?:[\w'’]+\s+){{0,2}}{_SITE}\b"
    rf"|\b(?:the\s+)?{_BODY}(?:['’]?s)?\s+(?:[\w'’]+\s+){{0,1}}{_SITE}\b"
    rf"|\bcouncil (?:business|purposes)\b|\bon behalf of the council\b",
    re.IGNORECASE,
)
_OFFLINE = re.compile(
    r"\b(?:leaflets?|posters?|flyers?|letterheads?|business cards?|brochures?|magazine"
    r"|t-?shirts?|polo|fleece|mugs?|vans?|lorry|lorries|signage|(?:e-?mail )?signatures?"
    r"|invitations?|invites?|certificates?|envelopes?|stationery|print(?:ed|ing)?|noticeboard"
    r"|letters?|newsletters?|pens?|badges? printed|banner stand|merchandise)\b",
    re.IGNORECASE,
)
_RULE_PERSONAL = re.compile(
    r"\boutside (?:of )?work\b|\bpersonal (?:use|purposes|communications?|views|image)\b"
    r"|\bprivate use\b",
    re.IGNORECASE,
)
_RULE_OFFICIAL = re.compile(
    r"\bfor council (?:business|purposes)\b|\bcommunication at work\b|\bofficial accounts?\b",
    re.IGNORECASE,
)


def scope_asked(text: str) -> Scope | None:
    """None where a question names no scope, or more than one."""
    found = [
        scope
        for scope, pattern in (
            (Scope.OFFLINE, _OFFLINE),
            (Scope.PERSONAL, _PERSONAL),
            (Scope.OFFICIAL, _OFFICIAL),
        )
        if pattern.search(text)
    ]
    return found[0] if len(found) == 1 else None


def scope_of_rule(passage: Passage) -> Scope | None:
    """By the sentence itself, else by the headings above it."""
    for text in (f"{passage.sentence.lead_in} {passage.sentence.text}", *passage.clause.path):
        personal, official = _RULE_PERSONAL.search(text), _RULE_OFFICIAL.search(text)
        if bool(personal) != bool(official):
            return Scope.PERSONAL if personal else Scope.OFFICIAL
    return None


def conflict(asked: Scope | None, rule: Scope | None) -> bool:
    return asked is not None and rule is not None and asked is not rule
