"""English as people ask in: words that carry no content, and those that turn a meaning round."""

import re

CONTRACTIONS = {
    short: tuple(full.split())
    for line in """
        can't=can not, cant=can not, cannot=can not, won't=will not, wont=will not
        shan't=shall not, dont=do not, doesnt=does not, didnt=did not, isnt=is not, arent=are not
        wasnt=was not, havent=have not, hasnt=has not, hadnt=had not, shouldnt=should not
        wouldnt=would not, couldnt=could not, mustnt=must not, neednt=need not
        im=i, ive=i, whats=what is, whos=who is, wheres=where is, hows=how is, whens=when is
        thats=that is, theres=there is, its=it, lets=let us, r=are, u=you, ur=your, pls=please
        hav=have, gotta=got to, &=and, w/o=not, without=not, never=not, neither=not, no=not
        none=not, nobody=not, noone=not, nothing=not, unless=if not
        cllr=councillor, cllrs=councillors, once=1 time, twice=2 time, fortnight=14 day
        first=1, second=2, third=3, couple=2, dozen=12
    """.strip().splitlines()
    for short, full in (part.strip().split("=") for part in line.split(","))
}
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: number for number, word in enumerate(UNITS)} | {
    word: 10 * number for number, word in enumerate(TENS, start=2)
}
MULTIPLES = {"hundred": 100, "thousand": 1000}

ASKING = {"who": "who", "whose": "who", "whom": "who", "when": "when", "where": "where"} | {
    "how": "how", "what": "what", "which": "what", "why": "why"
}  # fmt: skip
HOW_MEASURES = frozenset("many much long often late soon far old big".split())
OPENING = frozenset("so and but then also hi hello hey".split())
AUXILIARIES = frozenset(
    "is are am was were do does did has have had can could may might must should will would shall "
    "need".split()
)
MODALS = {"allowed": "may", "might": "may", "must": "must"}
"""By the first word of their line in `words/alike.txt`."""

ANCHORS = frozenset("not before after until since from than if > < >= <=".split())
"""These say something about the word that follows them, which must then be the same."""

PUNCTUATION = frozenset("?.,;:–—|-")
SPEAKERS = frozenset(("i", "we"))
PEOPLE = frozenset(
    """manag employe councillor resid public journalist contractor volunt child parent spous teacher
    mayor chair team council committe custom applic candid neighbour friend partner pupil student
    tenant carer patient appren traine director polic union""".split()
)
"""Stems, and first words in `alike.txt`, of persons who act in a question."""
LIGHT = frozenset(
    "take put make see find found play run do come bring thing social site offer 1 question".split()
)
"""Stems that one of two questions may have beyond the other."""

DROPPED = frozenset(
    """a an the i me my we us our ours you your he she him her his it they them their this that
    these those there am is are was were be been being do does did doing have has had having get
    gets got getting go goes going want wants like would will shall of on in at for by with as to
    into onto upon about please just actually really still so well ever then also quite any some
    someone somebody anyone anybody hi hello hey wondering wonder use used using and something
    anything within during while ve ll d s t re m""".split()
)

# "..., isn't it?", "... - true?", "... yeah?"
_VERB = "(?:is|are|was|were|do|does|did|can|could|will|would|should|must|has|have)"
TAG = re.compile(
    rf"[,–—\s-]\s?(?:{_VERB}(?:n't|nt| not)? (?:it|they|we|you|he|she|there|i|that)"
    r"|is that right|right|yes|yeah|yep|true|innit|correct)\s?\?*$"
)
