"""What people may write: its length, and the characters that can be stored."""

from desk.model.errors import NothingSaid, TooLong
from knowledge.storable_text import storable

# Characters. The bot itself reads 4,000 of a question; comms may be asked to read more.
LONGEST_TEXT = 20_000
LONGEST_REMARK = 1_000
# Earlier messages that come with a question, the latest ones.
LONGEST_HISTORY = 20


def limited(text: str, what: str, at_most: int = LONGEST_TEXT) -> str:
    """The text as it can be stored. `what` begins the sentence of the refusal ("An answer").

    Raises TooLong. Call it before anything else reads the text: its length bounds the work.
    """
    if len(text) > at_most:
        raise TooLong(
            f"{what} may have at most {at_most:,} characters, and this has {len(text):,}. "
            "Please shorten it."
        )
    return storable(text)


def required(text: str, what: str, at_most: int = LONGEST_TEXT) -> str:
    """As `limited`, without white space around it. Raises NothingSaid too."""
    given = limited(text, what, at_most).strip()
    if not given:
        raise NothingSaid(f"{what} needs words.")
    return given
