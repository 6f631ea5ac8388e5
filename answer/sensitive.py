"""Finds what in a message is a matter for a person: harm, abuse, wrongdoing, distress.

Every sentence and every part of a sentence is judged by itself, for a disclosure often stands
beside an ordinary question: "he hits her, and can I use the logo?" The most sensitive part wins.
"""

from dataclasses import dataclass

from answer.intent import may_be_sensitive
from answer.message_parts import pieces
from index.combined_scores import intent_share
from index.evidence import Evidence
from index.message_kinds import MessageKinds
from index.search import Index
from knowledge.bank import Intent, Need
from knowledge.question import Question

# Shares of 1, head and nearest bank questions averaged. A sensitive message taken for a question
# costs more than a question met with contacts, so the whole message needs little. A part says
# less by itself ("someone sent me an e-mail") and needs more, and more still where the whole
# message is clearly a question about the policy, to which the part belongs. See
# benchmarks/README.md.
WHOLE_FROM = 0.25
PART_FROM = 0.5
CLEARLY_ANSWERABLE_FROM = 0.95
PART_OF_CLEAR_FROM = 0.85
# Of the shares of all needs. Reports of fraud and other wrongdoing must never reach comms, so
# comms are not offered where wrongdoing is at all likely. On the held-out messages this keeps all
# 19 about wrongdoing from comms (by the likeliest need alone: 10), and 23 of 104 others, whose
# senders still get contacts. The figure was chosen on these same messages.
WRONGDOING_FROM = 0.05
MOST_PARTS = 64  # read one by one; a longer message is judged by the first of them and as a whole


@dataclass(frozen=True, slots=True)
class Disclosure:
    """`need` is None where the bank does not tell what kind of help the words ask for.
    `for_comms`: the words may be passed on to comms if the asker agrees."""

    text: str
    need: Need | None
    for_comms: bool = True


def disclosure(index: Index, question: Question, whole: Evidence) -> Disclosure | None:
    """The most sensitive part of the message; None where nothing in it is. `whole` is what the
    index found for all of it."""
    parts = [part for part in pieces(question.text)[:MOST_PARTS] if part != question.text]
    found = index.kinds_each([Question(part, question.role) for part in parts])
    shares = [
        intent_share(kinds, Intent.SENSITIVE) if may_be_sensitive(kinds, whole) else 0.0
        for kinds in found
    ]
    at = max(range(len(parts)), key=lambda place: shares[place], default=None)
    answerable = float(whole.learned.sum() + whole.echoed.sum()) / 2
    part_from = PART_OF_CLEAR_FROM if answerable >= CLEARLY_ANSWERABLE_FROM else PART_FROM
    is_whole = intent_share(whole, Intent.SENSITIVE) >= WHOLE_FROM and may_be_sensitive(
        whole, whole
    )
    # Comms would get the whole message, so wrongdoing in any part of it counts.
    sensitive = [kinds for kinds, share in zip(found, shares, strict=True) if share >= PART_FROM]
    for_comms = not any(map(may_be_wrongdoing, [*sensitive, *([whole] if is_whole else [])]))
    if at is not None and shares[at] >= part_from:
        return Disclosure(parts[at], need_of(found[at]), for_comms)
    return Disclosure(question.text, need_of(whole), for_comms) if is_whole else None


def need_of(kinds: MessageKinds) -> Need | None:
    """The likeliest; None where the bank knows no needs."""
    best = max(Need, key=lambda need: kinds.needs[need])
    return best if kinds.needs[best] > 0 else None


def may_be_wrongdoing(kinds: MessageKinds) -> bool:
    """Whether the words may report fraud or other wrongdoing at work."""
    total = sum(kinds.needs[need] for need in Need)
    return total > 0 and kinds.needs[Need.WRONGDOING] >= WRONGDOING_FROM * total
