"""Hides personal data in what a person wrote. Names and addresses in words it cannot know.

Patterns follow gov.uk: NI numbers (HMRC NIM39110), postcodes (ILRR "bulk data transfer"
schema, widened to lower case and a missing space). NHS numbers carry a check digit, and
telephone numbers are known by their numbering plan, so libraries tell those.
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
    """`found` names what was hidden, once each, in the order in which the kinds are sought."""

    text: str
    found: tuple[Personal, ...]


Span = tuple[int, int]

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
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


def mask(text: str) -> Masked:
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
    return (match.span() for match in _EMAIL.finditer(text))


def _nhs_numbers(text: str) -> Iterator[Span]:
    return (match.span() for match in _TEN_DIGITS.finditer(text) if nhs.is_valid(match.group()))


def _ni_numbers(text: str) -> Iterator[Span]:
    return (match.span() for match in _NI.finditer(text))


def _phones(text: str) -> Iterator[Span]:
    return ((match.start, match.end) for match in PhoneNumberMatcher(text, "GB"))


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
