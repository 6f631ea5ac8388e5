"""Tells "thanks", "ok" and a thumbs-up in the thread of a case from words that ask for more.

A follow-up reopens an answered case and is shown to everybody in comms; a thank-you must not.
"""

import re

from desk.model.case import Case

LONGEST = 200  # characters; a longer message says more than thank you

_EMOJI = "👍🙏👌❤💙💚💛🧡💜🖤🤍♥😊🙂😀😃😄😁😆😉😎😍🥰🤗🥳🎉👏🙌✅☑✔💯🤝🫡💪👋⭐🌟"
# Skin tones, joiners and variation selectors change how an emoji looks, not what it says.
_SIGNS = re.compile(rf"[{_EMOJI}\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_SHORTCODES = re.compile(
    r":(?:\+1|thumbs_?up|pray|ok_hand|(?:\w+_)?hearts?|heart_eyes|slightly_smiling_face|smiley?"
    r"|grin(?:ning)?|blush|wink|tada|clap|raised_hands|(?:white_|heavy_)?check_mark"
    r"|ballot_box_with_check|100|handshake|saluting_face|muscle|wave|sunglasses|star2?"
    r"|hugging_face|partying_face|skin-tone-\d):"
)
_FACES = re.compile(r"(?<!\w)(?:[:;]-?[)d]|<3|\(y\))(?!\w)")
_OTHER_SIGNS = re.compile(r"[^\s\w.,!;:()’'\"…–—*_-]")
_THANKS = re.compile(r"\b(?:thanks|thank (?:you|u)|thankyou|thx|cheers|appreciated?)\b")

_KIND = (
    "(?:great|perfect|brilliant|lovely|super|excellent|fantastic|wonderful|amazing|awesome|good"
    "|nice|cool|fab(?:ulous)?|ace|grand|helpful|useful|clear|fine|spot on)"
)
_DONE = (
    "(?:help|reply|answer|response|info|information|advice|clarification|explanation|support|time"
    "|letting me know|confirming|clarifying|explaining|helping|answering|coming back)"
)
# One phrase on each line, in small letters, without punctuation.
_PHRASES = rf"""
(?:many )?(?:thanks|thank (?:you|u)|thankyou|thx|ty|ta|cheers)
for (?:that|this|it|(?:all )?(?:(?:the|your) )?(?:(?:very )?\w+ )?{_DONE})
(?:i )?(?:really )?appreciate (?:it|that|this|your help)
(?:much|greatly) appreciated
ok(?:ay|ey dokey)?|kk?|right|alright|all right|sure|fair enough|no problem|no worries
done|sorted|noted|understood|got it|will do|all (?:clear|good)|i see|(?:that |it )?makes sense
that is all|thats all|that s all
(?:(?:really|very|so|just|super|most|a|an) )*(?:{_KIND}(?: one| stuff| news| to know)?)
(?:a )?(?:star|legend|lifesaver)|(?:exactly )?what i (?:needed|wanted)
(?:that|this|it) (?:really |does )?(?:helps?|helped|answers (?:it|that|my question))(?: me)?
(?:have a )?(?:good|nice|great|lovely) (?:day|weekend|evening|night|one)
(?:best|kind) (?:wishes|regards)|all the best|bye
"""
# These say nothing by themselves.
_BESIDE = """
(?:very|so) much|a lot|a million|again|everyone|all|both|team|indeed|x+
(?:that|this|it) (?:is|was|s)|thats|its|you are|you re|youre
hi|hello|dear|and|then|now
"""


def is_acknowledgement(text: str, case: Case) -> bool:
    """Whether `text`, written in the thread of `case`, only thanks or confirms.

    Where the last answer asks something, "ok" may answer it: then only thanks count.
    """
    if not text.strip() or len(text) > LONGEST or "?" in text:
        return False
    plain = _FACES.sub(" ", _SHORTCODES.sub(" ", _SIGNS.sub(" ", text.casefold())))
    if _OTHER_SIGNS.search(plain):  # another emoji, a sum of money, a link
        return False
    words = " ".join(re.findall(r"\w+", plain))
    if _last_answer_asks(case) and not _THANKS.search(words):
        return False
    return not words or _only_thanks(words, case)


def _last_answer_asks(case: Case) -> bool:
    return case.last_answer is not None and case.last_answer.text.rstrip().endswith("?")


def _only_thanks(words: str, case: Case) -> bool:
    """Any number of phrases, with the names of those who answered among them."""
    names = " ".join(event.person.name for event in case.answers).casefold()
    beside = "|".join([*_BESIDE.split("\n")[1:-1], *re.findall(r"\w+", names)])
    thanks = "|".join(_PHRASES.split("\n")[1:-1])
    some = rf"(?:(?:{beside}) )*(?:{thanks}) (?:(?:{thanks}|{beside}) )*"
    return re.fullmatch(some, f"{words} ") is not None
