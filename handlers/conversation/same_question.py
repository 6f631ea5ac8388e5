"""Whether one answer serves two questions, judged by their words.

An encoder puts "with consent" and "without consent" next to each other, so closeness alone joins
opposites. Two questions are the same only if they ask for the same thing (who, when, whether), say
"may" or "must" alike, and each content word of one has a counterpart in the other: the same word,
or one that `words/alike.txt` lists beside it. So numbers, dates, names, roles and degrees agree,
and nothing that either adds is overlooked. A missed paraphrase costs its asker a question; a
wrong match would give them somebody else's answer.
"""

from collections.abc import Sequence

from handlers.conversation.question_grammar import LIGHT, PEOPLE
from handlers.conversation.question_words import Meanings, QuestionWords, question_words

MOST_WORDS = 60  # content words; a longer message holds more than one question
FEWEST_WORDS = 2  # content words; "is that ok" alone says too little to be compared
MOST_ADDED = 2  # light words that one question has beyond the other


def same_question(left: str, right: str) -> bool:
    """Takes time linear in the lengths of the texts."""
    one, other = question_words(left), question_words(right)
    if len(one.content) > len(other.content):
        one, other = other, one
    return (
        len(one.content) >= FEWEST_WORDS
        and len(other.content) <= MOST_WORDS
        and (one.asks, one.modals) == (other.asks, other.modals)
        and _same_anchors(one, other)
        and _same_content(one, other)
    )


def _same_anchors(one: QuestionWords, other: QuestionWords) -> bool:
    """Every "not", "before", "over" and the like concerns the same word in both. A condition may
    be put without "if", so an "if" counts only where both have one."""
    ignored = set[str]() if _has_if(one) and _has_if(other) else {"if"}
    left, right = (
        [(anchor, about) for anchor, about in each.anchored if anchor not in ignored]
        for each in (one, other)
    )
    alike = [[a == b or (a[0] == b[0] and bool(a[1] & b[1])) for b in right] for a in left]
    return len(left) == len(right) and _paired(alike) is not None


def _has_if(words: QuestionWords) -> bool:
    return any(anchor == "if" for anchor, _ in words.anchored)


def _same_content(one: QuestionWords, other: QuestionWords) -> bool:
    """`one` is not longer than `other`."""
    pairs = _paired([[bool(a & b) for b in other.content] for a in one.content])
    if pairs is None or not _only_light(other.content, pairs):
        return False
    return _same_order(pairs) and _same_speaker(one, other)


def _only_light(longer: Sequence[Meanings], used: Sequence[int]) -> bool:
    added = [meanings for place, meanings in enumerate(longer) if place not in used]
    return len(added) <= MOST_ADDED and all(meanings & LIGHT for meanings in added)


def _same_order(pairs: Sequence[int]) -> bool:
    """The same order, or two clauses that have changed places: "may staff film councillors" is
    not "may councillors film staff"."""
    start = pairs.index(min(pairs))
    turned = [*pairs[start:], *pairs[:start]]
    return turned == sorted(turned)


def _same_speaker(one: QuestionWords, other: QuestionWords) -> bool:
    """ "May I see my manager's diary" is not "may my manager see my diary"."""
    first = [_speaks_first(each) for each in (one, other)]
    return None in first or first[0] == first[1]


def _speaks_first(words: QuestionWords) -> bool | None:
    """Whether "I" or "we" comes before any other person; None where no other is named."""
    people = [place for place, meanings in enumerate(words.content) if meanings & PEOPLE]
    return 0 <= words.before_speaker <= people[0] if people else None


def _paired(alike: Sequence[Sequence[bool]]) -> tuple[int, ...] | None:
    """For each row a column of its own in which it is True; None where there is no such choice."""
    rows: dict[int, int] = {}  # by column

    def place(row: int, tried: set[int]) -> bool:
        for column in (c for c, fits in enumerate(alike[row]) if fits and c not in tried):
            tried.add(column)
            if column not in rows or place(rows[column], tried):
                rows[column] = row
                return True
        return False

    if not all(place(row, set()) for row in range(len(alike))):
        return None
    columns = {row: column for column, row in rows.items()}
    return tuple(columns[row] for row in range(len(alike)))
