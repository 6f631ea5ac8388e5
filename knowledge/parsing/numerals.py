"""Numbers written as letters, as Roman numerals and as words."""

import re

_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10}
_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def roman_value(numeral: str) -> int:
    """1 to 39, or 0 when it is no Roman numeral of that range: no list runs longer."""
    if not numeral or not _ROMAN.fullmatch(numeral):
        return 0
    values = [_VALUES[letter] for letter in numeral.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def letter_value(letter: str) -> int:
    return ord(letter.lower()) - ord("a") + 1


def as_letter(value: int) -> str:
    return chr(ord("a") + value - 1) if 1 <= value <= 26 else "?"


def as_roman(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]


def word_value(word: str) -> int:
    """1 to 12, or 0 for any other word."""
    return _WORDS.index(word.lower()) + 1 if word.lower() in _WORDS else 0
