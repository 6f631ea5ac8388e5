"""What a sentence needs beside it to be understood when it is quoted.

"We discourage this" says nothing without the sentence before it. A bullet needs the line that
introduces its own list. A quotation that runs over two sentences needs both.
"""

import re
from dataclasses import dataclass

from knowledge.policy import Clause, Obligation, Sentence

DUTIES = (Obligation.MUST, Obligation.MUST_NOT, Obligation.SHOULD_NOT)
FURTHEST_BACK = 2  # sentences; a longer chain of "this" and "however" is a passage to read whole

# Words that point back when a sentence opens with them.
_POINTING_START = re.compile(
    r"^\W*(?:(?:this|that|these|those|they|them|their|it|its|such|he|she|both|either|neither"
    r"|however|but|and|or|nor|also|otherwise|instead|therefore|similarly|likewise|then|so"
    r"|for example|for instance|in addition|in this case|in these cases|in that case"
    r"|if so|if not|if it|if they|if this|if these|where this|where it|when it|once it"
    r"|the same|the latter|the former)\b|e\.g\.|i\.e\.)",
    re.IGNORECASE,
)
# "You must also ...", "We discourage this ...", "The use of such devices ...".
_POINTING_SOON = re.compile(
    r"^\W*(?:(?:\w+\s+){1,3}also\b"
    r"|(?:we|you|staff|employees|members|officers|managers|councillors)\s+\w+\s+"
    r"(?:this|that|it|these|those|them)\b(?!\s+(?:guidance|policy|document|code|council))"
    r"|(?:[\w’']+\s+){1,4}such\s+(?!as\b))",
    re.IGNORECASE,
)
# "This guidance covers ...", "It is a good idea to ...": these point at nothing before them.
_SELF_CONTAINED = re.compile(
    r"^\W*(?:(?:this|that|these|those|such)\s+(?:guidance|guidelines|policy|document|code|protocol"
    r"|procedure|standard|section|council|authority)\b"
    r"|it\s+(?:is|may be|will be|can be|would be)\s+(?:[\w’']+\s+){0,4}(?:to|that|for)\b"
    r"|both\s+(?:the\s+)?\w+\s+and\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """`lead_in` introduces the list in which the passage begins; `before` and `after` are the
    sentences beside it, in the order of the clause."""

    lead_in: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def context_of(clause: Clause, sentence: Sentence) -> QuoteContext:
    if sentence not in clause.sentences:
        return QuoteContext(sentence.lead_in, (), ())
    at = clause.sentences.index(sentence)
    start = _start(clause.sentences, at)
    end = _end(clause.sentences, start, at)
    return QuoteContext(
        lead_in=clause.sentences[start].lead_in,
        before=tuple(each.text for each in clause.sentences[start:at]),
        after=tuple(each.text for each in clause.sentences[at + 1 : end + 1]),
    )


def _adds_a_duty(sentence: Sentence) -> bool:
    """ "You must also tell …", "They should not …": the sentence before is only half of the
    rule. What introduces a list is quoted with its list instead."""
    adds = sentence.obligation in DUTIES and not sentence.text.rstrip().endswith(":")
    return adds and not sentence.lead_in and points_back(sentence.text)


def points_back(text: str) -> bool:
    """Whether a sentence opens with words that need the sentence before it."""
    if _SELF_CONTAINED.search(text):
        return False
    return bool(_POINTING_START.search(text) or _POINTING_SOON.search(text))


def _start(sentences: tuple[Sentence, ...], at: int) -> int:
    """The place of the first sentence to be quoted. A list item never reaches back over its list,
    nor into the item before it."""
    start = at
    while start > 0 and at - start < FURTHEST_BACK and not sentences[start].lead_in:
        opened = "".join(each.text for each in sentences[start : at + 1])
        if not points_back(sentences[start].text) and opened.count("”") <= opened.count("“"):
            break
        if sentences[start - 1].text.endswith(":"):
            break
        start -= 1
    return start


def _end(sentences: tuple[Sentence, ...], start: int, at: int) -> int:
    """The place of the last sentence to be quoted: an open quotation is closed, and a duty that
    the next sentence adds belongs with this one."""
    end = at
    while end + 1 < len(sentences) and end - at < FURTHEST_BACK:
        quoted = "".join(each.text for each in sentences[start : end + 1])
        # After a list, a sentence is about all of its items.
        adds = not sentences[at].lead_in and _adds_a_duty(sentences[end + 1])
        if quoted.count("“") <= quoted.count("”") and not adds:
            break
        end += 1
    return end
