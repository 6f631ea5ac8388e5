"""Sentences that tell somebody to do something without saying "must" or "should"."""

import re

_VERBS_WRITTEN = """
    abide abstain accept access acknowledge act activate add address adhere adjust adopt
    advise agree aim alert allow analyse anonymise apologise apply appoint approach arrange
    ask assess assist assume attach attend audit authorise back be bear become block book
    borrow brief bring build buy calculate call cancel carry caution certify challenge
    change charge chat check choose circle cite claim clean clear close coach collect come
    comment communicate complete comply conceal conduct configure confirm connect consider
    consult contact contribute control cook copy correct count cover create credit cross
    date deactivate deal debrief decide declare decline deduct delete deliver demonstrate
    describe disable disclose discuss disguise display dispose do document download dress
    drink drive eat email embrace empty enable encourage encrypt endeavour engage ensure
    enter escalate escort establish evacuate evaluate exercise explain extend familiarise
    familiarize fasten fax feel file fill filter find fix flag fold follow forget forward
    get give go greet guide handle hang have help hide hire hold identify ignore imagine
    include increase inform insert inspect install introduce invite involve isolate join
    keep label lead leave lend let lift like limit link listen load lock log look lower
    maintain make manage mark mask maximise measure meet mentor message minimise monitor
    move nominate notify number obey observe obtain offer open organise park pass pause pay
    phone plan plug post practise prepare present press prevent print prioritise produce
    promote protect provide publish pull purchase push put quote raise react read rearrange
    reboot record redact reduce refer refrain refund refuse register reimburse remember
    remind remove renew rent repair repeat replace reply report request reset respect
    respond restart restrict retain return retweet reverse review ring run safeguard
    sanction save say scan schedule seal search secure see seek select sell send separate set
    share shield show shred sign sit smoke sound speak specify stamp stand stay steer stick
    stop store strive submit supervise support switch tag take talk telephone tell test text
    thank think tick tidy train travel treat try turn tweet understand undertake unload
    unplug update upload use value verify view visit wait walk warn wash watch wear weigh
    welcome wipe withdraw withhold work write
"""
_VERBS = frozenset(_VERBS_WRITTEN.split())
_NOUNS_TOO_WRITTEN = """
    access address audit back block call care change charge claim comment contact cover
    credit date display document flag form guide hire label lead like link message number park phone
    plan post print record report review run search set smoke sound stamp store support test
    text train travel value view visit work
"""
_NOUNS_TOO = frozenset(_NOUNS_TOO_WRITTEN.split())
_AFTER_A_VERB_WRITTEN = """
    a all an and any anyone both by each every everyone for from her him his in it its no
    off on only or our out people that the their them these this those through to up us what
    when where whether who with within your yourself
"""
_AFTER_A_VERB = frozenset(_AFTER_A_VERB_WRITTEN.split())
_OPENERS = re.compile(
    r"(?:and|also|but|so|then|please|always|instead|where possible|wherever possible|if possible"
    r"|if in doubt|for example|in addition|first|finally|ultimately|therefore|otherwise|above all"
    r"|immediately|simply|just|only|as far as possible)\b[, ]*",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?:never|not|avoid|refrain from|stop|do not|don['’]t|be careful not to|under no"
    r" circumstances|try not to|beware of)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"(?:remember|be aware|bear in mind|keep in mind|please note|note|be mindful) that\b"
    r"|note\b|see\b(?! that)|(?:let us|let['’]s)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:if|when|whenever|where|wherever|before|after|unless|once|while|whilst|though|although"
    r"|for|in|on|at|as|during|by|to|until|with|outside|within|what)\b",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\w+ to be\b|\w+ (?:of|to|by|for|from|in|on|and|or|between|details|forms?|reports?)\b[^,;:]*"
    r" (?:is|are|was|were|will|has|have|may|can|includes?|means)\b|\w+ (?:is|are|was|were|will)\b",
    re.IGNORECASE,
)
_LONGEST = 2000
_CLAUSE_END = re.compile(r"[,;:]\s+|\s[–—-]\s|\bso (?=[a-z])|\band (?=don['’]t|do not|never)")


def is_negative(text: str) -> bool:
    return _NEGATIVE.match(_without_openers(text)) is not None


def announces(text: str) -> bool:
    """Whether it states a fact, as sentences with "remember that" and "be aware that" do."""
    return _ANNOUNCES.match(_without_openers(text)) is not None


def commands(text: str) -> list[str]:
    """The clause that tells somebody to do something, if one does.

    A command stands at the beginning, or after the condition or the remark that precedes it.
    """
    whole = _without_openers(text[:_LONGEST])
    clauses = [_without_openers(clause) for clause in _CLAUSE_END.split(whole)]
    if clauses and not _REMARK.match(clauses[0]):
        clauses = clauses[:1]
    return [clause for clause in clauses if _is_command(clause)][:1]


def _is_command(text: str) -> bool:
    if _ANNOUNCES.match(text) or _SUBJECT.match(text):
        return False
    return _NEGATIVE.match(text) is not None or _begins_with_verb(text)


def _begins_with_verb(text: str) -> bool:
    words = [word.strip("“\"‘'*_().,;:").lower() for word in text.split(maxsplit=2)[:2]]
    if not words or words[0] not in _VERBS:
        return False
    return words[0] not in _NOUNS_TOO or len(words) == 1 or words[1] in _AFTER_A_VERB


def _without_openers(text: str) -> str:
    text = text.lstrip(" “\"‘'*_(")
    while found := _OPENERS.match(text):
        text = text[found.end() :]
    return text
