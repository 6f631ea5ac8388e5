"""Hides personal data in what a person wrote. It cannot recognise names or postal addresses.

Patterns follow gov.uk: NI numbers (HMRC NIM39110), postcodes (ILRR "bulk data transfer"
schema, widened to lower case and a missing space). NHS numbers have a check digit and
telephone numbers a numbering plan, so libraries recognise those.

The time grows with the length of the text and not with its square: each pattern reads a
character a fixed number of times, and telephone numbers are searched in short pieces.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from phonenumbers import PhoneNumberMatcher
from stdnum.gb import nhs


class Personal(StrEnum):
    EMAIL = "e-mail address"
    NHS = "NHS number"
    NI = "National Insurance number"
    PHONE = "telephone number"
    POSTCODE = "postcode"


@dataclass(frozen=True, slots=True)
class Masked:
    """`found` names each kind that was hidden once, in the order of the searches."""

    text: str
    found: tuple[Personal, ...]


Span = tuple[int, int]

# Reads every run of characters that may stand before an "@", and keeps those with a domain after
# it. The possessive "++" never gives a character back, so no run is read twice from its middle.
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]++(@[\w-]++(?:\.[\w-]++)++)?")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d*")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_NI = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]?\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPSTUW]"
    r"|[A-HK-Y]\d[ABEHMNPRVWXY]) ?\d[ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)


# Characters. The matcher of telephone numbers takes quadratic time, so it gets a piece at a time.
# The overlap holds the longest number with its spaces, brackets and extension.
_PIECE = 256
_OVERLAP = 64
_FEWEST_DIGITS = 5  # of a telephone number


def mask(text: str) -> Masked:
    """The text with "[e-mail address]" and the like in place of personal data."""
    found = []
    for kind, spans in _SEARCHES:
        masked = _hide(text, kind, spans(text))
        if masked != text:
            found.append(kind)
        text = masked
    return Masked(text, tuple(found))


def _hide(text: str, kind: Personal, spans: Iterator[Span]) -> str:
    pieces, end = [], 0
    for start, stop in spans:
        pieces += [text[end:start], f"[{kind}]"]
        end = stop
    return "".join([*pieces, text[end:]])


def _emails(text: str) -> Iterator[Span]:
    return (match.span() for match in _EMAIL.finditer(text) if match[1])


def _nhs_numbers(text: str) -> Iterator[Span]:
    return (match.span() for match in _TEN_DIGITS.finditer(text) if nhs.is_valid(match.group()))


def _ni_numbers(text: str) -> Iterator[Span]:
    return (match.span() for match in _NI.finditer(text))


def _phones(text: str) -> Iterator[Span]:
    done = 0
    for begin in range(0, len(text), _PIECE):
        # The rest of a number that was cut would look like another number.
        start = _after_digits(text, begin)
        piece = text[start : begin + _PIECE + _OVERLAP]
        if len(_DIGIT.findall(piece)) < _FEWEST_DIGITS:
            continue
        for match in PhoneNumberMatcher(piece, "GB"):
            first, end = start + match.start, start + match.end
            if done <= first < begin + _PIECE:
                yield first, end
                done = end


def _after_digits(text: str, begin: int) -> int:
    """`begin`, or the end of the run of digits whose middle it is."""
    if begin == 0 or not text[begin - 1].isdigit():
        return begin
    left = _DIGITS.match(text, begin, begin + _PIECE)
    return begin if left is None else left.end()


def _postcodes(text: str) -> Iterator[Span]:
    return (match.span() for match in _POSTCODE.finditer(text))


# In this order: an e-mail address may hold a number, a telephone number may look like another.
_SEARCHES: tuple[tuple[Personal, Callable[[str], Iterator[Span]]], ...] = (
    (Personal.EMAIL, _emails),
    (Personal.NHS, _nhs_numbers),
    (Personal.NI, _ni_numbers),
    (Personal.PHONE, _phones),
    (Personal.POSTCODE, _postcodes),
)
