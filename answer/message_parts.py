"""The sentences of a message, the pieces of a sentence, and the questions that a message asks."""

import re
from dataclasses import dataclass

MOST_QUESTIONS = 3  # answered in one reply; a message that asks more is read as one
SHORTEST_PIECE = 3  # words; fewer say nothing by themselves
SHORTEST_QUESTION = 3  # words

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\s*\n+\s*")
_PIECE_END = re.compile(
    r"\s*[,;:–—]\s+|\s+-\s+|\s+(?:and|but|anyway|also|so|plus|btw|by the way)\s+", re.IGNORECASE
)
_ASKING = (
    r"(?:what|which|who|whom|whose|when|where|why|how|do|does|did|is|are|am|can|could|may|might"
    r"|must|should|shall|will|would|have|has|was|were)"
)
# "..., and may I ...", "... and who signs it": a second question begins here.
_JOINT = re.compile(
    rf"(?:\s*[,;–—-]\s*|\s+)(?:and also|and|also|plus|or hang on)[,]?\s+(?:also\s+)?"
    rf"(?={_ASKING}\b)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^\W*(?:(?:and|also|plus|or|then|secondly|second|next|another thing|one more thing"
    r"|by the way|btw|finally)\b[,:]?\s+)+",
    re.IGNORECASE,
)
_OPENS_QUESTION = re.compile(
    rf"^(?:\W*(?:so|ok|hi|hello|please|pls)\b)*\W*{_ASKING}\b", re.IGNORECASE
)
_ASKS_WITHIN = re.compile(
    r"\b(?:can|could|may|must|should|shall|do|does|did|is|are|am|will|would) (?:i|we|it|they|you"
    r"|he|she|the|my|our|that|this|there|people|staff|anyone|anybody|somebody|someone)\b"
    r"|\b(?:what|who|how|when|where|why|which)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """`text` is one question of a message, in the asker's words. `story` is what they told before
    it, with the question at its end: this is what is looked up."""

    text: str
    story: str


def sentences(message: str) -> tuple[str, ...]:
    return tuple(part for part in _SENTENCE_END.split(message) if re.search(r"\w", part))


def pieces(message: str) -> tuple[str, ...]:
    """The sentences, and the parts of those that say several things. Each of them once."""
    found: dict[str, None] = {}
    for sentence in sentences(message):
        found[sentence] = None
        parts = [part for part in _PIECE_END.split(sentence) if _long(part, SHORTEST_PIECE)]
        if len(parts) > 1:
            found.update(dict.fromkeys(parts))
    return tuple(found)


def asks_besides(message: str, part: str) -> bool:
    """Whether what is left of the message without this part asks something."""
    return any(map(_asks, sentences(message.replace(part, "\n"))))


def asked_parts(message: str) -> tuple[AskedPart, ...]:
    """The questions of a message that asks two or three; empty for any other message."""
    found: list[AskedPart] = []
    story: list[str] = []
    for sentence in sentences(message):
        questions = _questions(sentence)
        for text in questions:
            found.append(AskedPart(text, " ".join([*story, text])))
            story = []
        if not questions:
            story.append(sentence)
    return tuple(found) if 1 < len(found) <= MOST_QUESTIONS else ()


def _questions(sentence: str) -> list[str]:
    """The questions of one sentence without the words that link them; none for a statement."""
    if not _asks(sentence):
        return []
    parts = _JOINT.split(sentence)
    if len(parts) > 1 and not _ASKS_WITHIN.search(parts[0]):
        parts = [sentence]
    texts = [_LINK.sub("", part).strip() for part in parts]
    return [text for text in texts if _long(text, SHORTEST_QUESTION)]


def _asks(sentence: str) -> bool:
    plain = _LINK.sub("", sentence)
    return sentence.rstrip().endswith("?") or bool(_OPENS_QUESTION.search(plain))


def _long(text: str, words: int) -> bool:
    return len(re.findall(r"\w+", text)) >= words
