"""Whether a message can be understood by itself, or leans on what was said before it.

In a chat most messages follow others that they have nothing to do with: read together with an
unrelated one, a greeting looks like a question, and a question like another. Which words tell
was chosen on the bank's follow-ups (benchmarks/README.md).
"""

import re

from knowledge.bank import Intent

# What these are they are whatever came before.
BY_THEMSELVES = frozenset({Intent.INJECTION, Intent.SENSITIVE})
LONGEST_POINTING = 12  # words; a longer message that says "it" mostly says what "it" is

_CONNECTS = re.compile(
    r"^\W*(?:and|but|or|so|also|then|what about|how about|what if|even if|even|ok and|ok but"
    r"|same for|does that|does it|is that|is it|what else|why|only)\b",
    re.IGNORECASE,
)
# "is there a limit", "one of my team": these point at nothing.
_POINTS = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|he|she|him|her|one(?! of\b)|ones|either|instead"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )there(?! (?:is|are|was|were|isn|aren)\b)"
    r"|too|else|otherwise|same)\b",
    re.IGNORECASE,
)


def leans_on_earlier(text: str, kind: Intent, *, clear: bool) -> bool:
    """`kind` is the intent of the message read by itself; `clear`: one clause stands out for it."""
    if kind in BY_THEMSELVES:
        return False
    if _CONNECTS.search(text) or kind is Intent.VAGUE:
        return True
    settled = kind in (Intent.SMALL_TALK, Intent.OFF_TOPIC) or (kind is Intent.ANSWERABLE and clear)
    return not settled and _points_back(text)


def _points_back(text: str) -> bool:
    return len(text.split()) <= LONGEST_POINTING and bool(_POINTS.search(text))
