"""Which language a question is in: people ask in Welsh, and the guidance is in English."""

import re
from enum import StrEnum
from functools import cache
from typing import Protocol

FEWEST_WORDS = 3  # with fewer, identification is a guess: "hi" comes out as Welsh
SURE = 0.9
# Words of English and not of Welsh. They settle most questions without the identifier, which
# takes most of a second to load.
ENGLISH = frozenset(
    "the is are was can could do does did have has to my me we you they it what when how who why "
    "which if for about with be not should would and of in that this".split()
)


class Language(StrEnum):
    ENGLISH = "en"
    WELSH = "cy"
    OTHER = "other"


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> Language:
    """ENGLISH also when in doubt: slang and typing errors look like all sorts of languages."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    if _mostly_other_script(text):
        return Language.OTHER
    if len(words) < FEWEST_WORDS or ENGLISH.intersection(words):
        return Language.ENGLISH
    name, probability = _identifier().classify(" ".join(words))
    if probability < SURE or name == "en":
        return Language.ENGLISH
    return Language.WELSH if name == "cy" else Language.OTHER


def _mostly_other_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    foreign = sum(letter > "\u024f" for letter in letters)  # past Latin Extended-B
    return foreign * 2 > len(letters)


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - slow

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier
