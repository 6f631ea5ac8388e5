"""Numbers as formats print them: 3 as "3", "c", "C", "iii" or "III"."""

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))
_BULLETS = frozenset({"bullet", "disc", "circle", "square", "none"})


def counted(style: str, number: int) -> str:
    """The label of item `number` in a list of a CSS style, with the full stop browsers print."""
    return f"{numeral(style, number)}."


def numeral(style: str, number: int) -> str:
    """`style` is a CSS list style or a number format of Word ("lowerLetter", "upperRoman")."""
    name = style.replace("-", "").lower()
    if name in ("loweralpha", "lowerlatin", "lowerletter"):
        return _letters(number)
    if name in ("upperalpha", "upperlatin", "upperletter"):
        return _letters(number).upper()
    if name == "lowerroman":
        return _roman(number)
    if name == "upperroman":
        return _roman(number).upper()
    if name in ("decimalzero", "decimalleadingzero"):
        return f"{number:02d}"
    return str(number)


def _letters(number: int) -> str:
    """a to z, then aa, bb, as Word counts; other formats hardly go on beyond z."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _roman(number: int) -> str:
    if number < 1 or number > 399:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written += sign
            number -= value
    return written + "i" * number
