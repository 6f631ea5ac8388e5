"""Dates as policies print them, in day-month order where they are all numbers."""

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# The last month of a season; a winter ends in the year after.
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 14}

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = (
    rf"(?:{_DAY}(?: of)? {_MONTH},? \d{{4}}|{_MONTH} {_DAY},? \d{{4}}|{_MONTH},? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:spring|summer|autumn|winter) \d{4}|(?:19|20)\d{2})\b"
)
"""A pattern without groups, to be used with re.IGNORECASE."""
_PART = re.compile(r"\d+|[a-z]+", re.IGNORECASE)
_CENTURY = 2000


def last_day(printed: str) -> date | None:
    """The last day that a date matching DATE may mean: of "May 2025" the 31st. None for a day
    that no calendar has."""
    words = [part.casefold() for part in _PART.findall(printed)]
    numbers = [int(word) for word in words if word.isdecimal()]
    names = [word for word in words if word in _SEASONS or word[:3] in _MONTHS]
    if not names:
        return _of_numbers(numbers)
    *days, year = numbers
    if names[0] in _SEASONS:
        return _end_of_month(year, _SEASONS[names[0]])
    month = _MONTHS.index(names[0][:3]) + 1
    return _day(year, month, days[0]) if days else _end_of_month(year, month)


def _of_numbers(numbers: list[int]) -> date | None:
    if len(numbers) == 1:
        return _end_of_month(numbers[0], 12)
    first, month, last = numbers
    if first > 31:
        return _day(first, month, last)
    return _day(last if last >= 100 else last + _CENTURY, month, first)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date | None:
    years, month = divmod(month - 1, 12)
    first = _day(year + years, month + 1, 1)
    if first is None:
        return None
    return first + timedelta(days=monthrange(first.year, first.month)[1] - 1)
