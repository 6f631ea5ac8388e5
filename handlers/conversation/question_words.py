"""What a question says, as words whose meanings can be compared, without its manner of saying it.

"Could we hire the hall for 5k, please?" becomes: may; hire, hall, 5000.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer

from handlers.conversation.question_grammar import (
    ANCHORS,
    ASKING,
    AUXILIARIES,
    CONTRACTIONS,
    DROPPED,
    HOW_MEASURES,
    MODALS,
    MULTIPLES,
    NUMBERS,
    OPENING,
    PUNCTUATION,
    SPEAKERS,
    TAG,
)

ALIKE = Path(__file__).parent / "words" / "alike.txt"
LONGEST_PHRASE = 5  # words of a phrase in that file
KEPT = 4096  # questions that are not read again

Meanings = frozenset[str]
"""All that a word may mean: its stem, and the first word of each line of `alike.txt` with it."""

_NUMBER = r"£?\d[\d,]*(?:[.:]\d+)?(?:\s?(?:am|pm)\b|[km]\b|%|st\b|nd\b|rd\b|th\b)?"
_TOKEN = re.compile(rf"{_NUMBER}|w/o|[^\W\d_]+(?:'[^\W\d_]+)?|[?.,;:–—|&]|-(?=\s)")
_DIGITS = re.compile(r"[\d,]+(?:[.:]\d+)?")
_THOUSANDS = {"k": 1_000.0, "m": 1_000_000.0}
_STEM = snowballstemmer.stemmer("english").stemWord

Unit = tuple[tuple[str, ...], Meanings]
"""A word or a phrase of `alike.txt`, as written, with what it may mean."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """`content`: the words that carry content, in order. `asks`: "who", "how many", ...,
    "whether", or "" for a message that asks nothing in so many words. `modals` holds "may" and
    "must". `anchored`: words such as "not" and "before", each with the meanings of the content
    word after it. `before_speaker` counts the content words before the first "I" or "we"; -1
    where there is none."""

    content: tuple[Meanings, ...]
    asks: str
    modals: frozenset[str]
    anchored: tuple[tuple[str, Meanings], ...]
    before_speaker: int


@lru_cache(KEPT)
def question_words(text: str) -> QuestionWords:
    """Takes time linear in the length of `text`."""
    plain, tagged = TAG.subn("", " ".join(text.casefold().replace("’", "'").split()))
    units = tuple(_units(_plain_words(plain)))
    asks, asking = _asked(units)
    asks = asks or ("whether" if tagged else "")
    reading = _Reading()
    for place, (words, meanings) in enumerate(units):
        if place not in asking:
            reading.take(words, meanings)
    anchored = (*reading.anchored, *((each, frozenset[str]()) for each in reading.anchors))
    return QuestionWords(
        content=tuple(reading.content),
        asks=asks,
        modals=frozenset(reading.modals),
        anchored=anchored,
        before_speaker=reading.before_speaker,
    )


@dataclass
class _Reading:
    """`anchors` wait for their content word."""

    content: list[Meanings] = field(default_factory=list)
    modals: set[str] = field(default_factory=set)
    anchors: list[str] = field(default_factory=list)
    anchored: list[tuple[str, Meanings]] = field(default_factory=list)
    before_speaker: int = -1

    def take(self, words: tuple[str, ...], meanings: Meanings) -> None:
        modals = {MODALS[each] for each in meanings & MODALS.keys()}
        if modals:
            self.modals |= modals
        elif meanings & ANCHORS:
            self.anchors += meanings & ANCHORS
        elif words[0] in SPEAKERS and self.before_speaker < 0:
            self.before_speaker = len(self.content)
        elif words[0] not in PUNCTUATION and (len(words) > 1 or words[0] not in DROPPED):
            self.anchored += [(each, meanings) for each in self.anchors]
            self.content.append(meanings)
            self.anchors = []


def _asked(units: Sequence[Unit]) -> tuple[str, range]:
    """What is asked for, and the places of the words that say so: those at the start of the last
    clause that begins with "who", "how many" and the like."""
    asks, asking, opening = "", range(0), True
    for place, (words, _) in enumerate(units):
        first = words[0]
        if opening and first in ASKING and len(words) == 1:
            measure = units[place + 1][0][0] if place + 1 < len(units) else ""
            measured = first == "how" and measure in HOW_MEASURES
            asks = f"how {measure}" if measured else ASKING[first]
            asking = range(place, place + 1 + measured)
        opening = first in PUNCTUATION or (opening and first in OPENING)
    helped = any(words[0] in AUXILIARIES or words[0] in ASKING for words, _ in units)
    return asks or ("whether" if helped else ""), asking


def _plain_words(text: str) -> list[str]:
    """Without contractions, and with numbers as digits."""
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token in CONTRACTIONS:
            words += CONTRACTIONS[token]
        elif token.endswith("n't"):
            words += [token[:-3], "not"]
        elif token[0] == "£" or token[0].isdigit():
            words.append(_number(token))
        else:
            words.append(token.split("'")[0])
    return list(_counted(words))


def _number(token: str) -> str:
    """ "£5,000" and "5k" become "5000", "9:00 am" becomes "9am", "5th" becomes "5"."""
    digits = _DIGITS.search(token)
    plain = digits[0].replace(",", "").replace(":", ".") if digits else "0"
    value = float(plain) * _THOUSANDS.get(token[-1], 1.0)
    unit = token[-2:] if token[-2:] in ("am", "pm") else "%" * token.endswith("%")
    return f"{value:g}{unit}"


def _counted(words: Sequence[str]) -> Iterator[str]:
    """Number words as digits: "twenty five", "two hundred"."""
    place = 0
    while place < len(words):
        value, used = NUMBERS.get(words[place]), 1
        if value is None:
            yield words[place]
        else:
            following = words[place + 1] if place + 1 < len(words) else ""
            if value >= 20 and 0 < NUMBERS.get(following, 0) < 10:
                value, used = value + NUMBERS[following], 2
            elif following in MULTIPLES:
                value, used = value * MULTIPLES[following], 2
            yield f"{value}"
        place += used


def _units(words: Sequence[str]) -> Iterator[Unit]:
    """The longest phrases that `alike.txt` knows, else single words."""
    stems, alike, place = [_stem(word) for word in words], _alike(), 0
    while place < len(words):
        lengths = range(min(LONGEST_PHRASE, len(words) - place), 1, -1)
        phrases = (n for n in lengths if tuple(stems[place : place + n]) in alike)
        used = next(phrases, 1)
        stem = tuple(stems[place : place + used])
        yield tuple(words[place : place + used]), alike.get(stem, frozenset()) | {" ".join(stem)}
        place += used


@cache
def _alike() -> Mapping[tuple[str, ...], Meanings]:
    """By stems: the first words of the lines in which a word or a phrase stands."""
    found: dict[tuple[str, ...], set[str]] = {}
    for line in ALIKE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            first, _, others = line.partition(":")
            for phrase in (first, *others.split(",")):
                stems = tuple(map(_stem, _plain_words(phrase.strip()) or [phrase.strip()]))
                found.setdefault(stems, set()).add(first)
    return {stems: frozenset(firsts) for stems, firsts in found.items()}


@lru_cache(KEPT)
def _stem(word: str) -> str:
    return str(_STEM(word)) if word.isalpha() else word
