"""Why a question was answered, handed over or neither: one list for the whole program.

To add a reason for hand-over, add a member here and let `answer/` give it to a HandOver. Cards,
pages, filters and reports take its words from here.
"""

from enum import StrEnum


class Reason(StrEnum):
    """The value is stored with a case. `text` is the reason in JSON output. `for_comms` is what the
    communications team reads beside a case; empty where the reason alone opens no case."""

    text: str
    for_comms: str

    def __new__(cls, stored: str, text: str = "", for_comms: str = "") -> "Reason":
        member = str.__new__(cls, stored)
        member._value_ = stored
        member.text = text
        member.for_comms = for_comms
        return member

    # What the bot decides about a question.
    COVERED = "covered", "the policy answers this"
    PLACE_NAMED = "place named", "the question names a place in the policy"
    BELOW_THRESHOLD = (
        "below threshold",
        "not sure enough that this is the answer",
        "not sure of the answer",
    )
    MAY_ANSWER = "may answer", "these sections may answer this", "not sure of the answer"
    TWO_CANDIDATES = (
        "two close candidates",
        "two clauses are equally likely",
        "two possible answers",
    )
    TWO_POLICIES = "two policies", "two policies are equally likely"
    NEAR_MISS = (
        "near miss",
        "on the policy's subject, but the policy does not say",
        "not in the policy",
    )
    SENSITIVE = "sensitive", "a matter for a person", "sensitive"
    LANGUAGE = "language", "not asked in a language that the bot reads"
    QUOTE_WITHHELD = (
        "quote withheld",
        "a quote did not match the stored policy",
        "a quote did not match the policy",
    )
    VAGUE = "vague", "cannot tell what is asked"
    EMPTY = "empty", "nothing was asked"
    SMALL_TALK = "small talk", "small talk"
    OFF_TOPIC = "off topic", "not about any policy the bot has", "not about the policy"
    NO_SUCH_PLACE = "no such place", "the policy has no such section"
    HOSTILE = "hostile", "not a question the bot takes"
    TOO_LONG = "too long", "longer than the bot reads"

    # What the asker, the communications team or a failure decides.
    ASKED_FOR_COMMS = (
        "asked for comms",
        "the asker wants a person to answer",
        "the asker wanted to ask you",
    )
    UNHAPPY = "unhappy with the answer", "the answer did not help", "the answer did not help"
    ALL_HANDED_OVER = (
        "everything is handed over",
        "the bot hands every question over",
        "everything is handed over",
    )
    CORRECTED = (
        "corrected by comms",
        "the communications team corrected the bot's reply",
        "you corrected the bot’s reply",
    )
    INTERRUPTED = "the bot was interrupted", "the bot was interrupted", "the bot was interrupted"


OPENS_A_CASE = tuple(reason for reason in Reason if reason.for_comms)
# With these no case opens unless the asker agrees: the bot cannot tell a sensitive matter in a
# language that it does not read.
NEEDS_A_YES = frozenset({Reason.SENSITIVE, Reason.LANGUAGE})
# The report lists these questions as gaps in the policy.
GAPS = (Reason.BELOW_THRESHOLD, Reason.MAY_ANSWER, Reason.NEAR_MISS)
