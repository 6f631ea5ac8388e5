"""Typing as people do in chat, so that the encoder learns to read it."""

from random import Random

KEYS = "qwertyuiopasdfghjklzxcvbnm"
SHORTEST = 8  # characters; in less, one slip can leave another word


def add_typos(text: str, chance: Random) -> str:
    """The text with, each by chance, capitals and apostrophes dropped and one slip of a finger."""
    if chance.random() < 0.5:
        text = text.lower()
    if chance.random() < 0.3:
        text = text.replace("'", "").replace("’", "")
    if chance.random() < 0.5 and len(text) > SHORTEST:
        text = _slip(text, chance.randrange(len(text) - 2), chance)
    return text


def _slip(text: str, at: int, chance: Random) -> str:
    swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    dropped = text[:at] + text[at + 1 :]
    doubled = text[:at] + chance.choice(KEYS) + text[at + 1 :]
    return chance.choice((swapped, swapped, dropped, dropped, doubled))
