"""The words by which a sentence binds, forbids, advises or allows."""

import re

_PERSON = (
    r"\b(?:staff|employees?|workers?|officers?|managers?|councillors?|members?|users?"
    r"|volunteers?|drivers?|contractors?|anyone|everyone|no ?one|nobody)\b"
)
_STATES = (
    r"be|have|need|help|want|wish|find|feel|get|become|reflect|see|know|not|expect|experience"
    r"|also|still|include|lead|cause|affect"
)


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


NOT_REQUIRED = _words(
    r"(?:do not|don['’]t|does not|doesn['’]t) (?:need|have) to",
    r"need not",
    r"(?:is|are) not (?:required|obliged|mandatory|compulsory)",
)
# A subject that nobody is: "No member, officer or guest may", "Nobody must". It stands at the
# beginning of a clause, and no verb stands between it and the modal word: in "no fee is due and
# members may" it forbids nothing.
_NOBODY = (
    r"(?:no(?! later| earlier| longer| matter| doubt)|nobody|no ?one|no-one|none|neither|nor"
    r"|not (?:more than|until|one|even|a single)|at no time|under no circumstances?"
    r"|in no (?:case|circumstances?|event)|never|nothing)\b"
)
_CLAUSE_START = (
    r"(?:^[\W\d]*(?:\w{1,4}[.)\]] )?|[,;:–—] ?(?:and |but |or |so )?"
    r"|\b(?:and|but|or|that|then|so|when|where|case|circumstances) )"
)
_NO_VERB_BETWEEN = (
    r"(?:(?!\b(?:is|are|was|were|has|have|had|will|does|do|applies|apply|must|shall|should|may|can"
    r"|cannot|needs?|exists?|being|be)\b)[^.;:–—]){0,160}?"
)
DENIED_SUBJECT = re.compile(
    rf"{_CLAUSE_START}{_NOBODY}{_NO_VERB_BETWEEN}"
    r"\b(?P<modal>may|shall|must|can|should|will be|is|are|need)\b",
    re.IGNORECASE,
)
# A negative anywhere before the modal word: enough to doubt that it allows or demands something.
MAYBE_DENIED = re.compile(
    r"(?<!with )(?<!of )(?<!is )(?<!are )(?<!have )(?<!has )(?<!if )(?<!or )\b(?:no(?! later"
    r"| earlier| longer| matter| doubt)|nobody|no ?one|no-one|none|neither|nor|never)\b"
    r"[^.;:]{0,160}"
    r"\b(?:may|shall|must|can|should)\b",
    re.IGNORECASE,
)
# What follows a denied subject and forbids nothing: "is due", "shall be required to".
NOT_FORBIDDEN = re.compile(
    r"(?:will be|is|are)\b(?! (?:\w+ )?(?:permitted|allowed|authori[sz]ed|entitled|to))"
    r"|(?:(?:may|shall|must|can|should|will) be|is|are) (?:\w+ )?(?:required|obliged|expected"
    r"|compelled|forced|asked|bound)|need\b",
    re.IGNORECASE,
)
MUST_NOT = _words(
    r"(?:must|shall) (?:not|never)",
    r"mustn['’]t",
    r"(?:must|shall) (?:be|have|make|give|take|accept|pay|hold|show) no",
    r"may not(?! (?:be (?:able|possible|appropriate|aware|available|suitable|necessary|enough)"
    r"|always|have|represent|know|want|wish|reflect|realise|apply))",
    r"(?:is|are|be) (?:\w+ )?(?:prohibited|forbidden|banned|unlawful|illegal)",
    r"(?:is|are|will) not (?:be )?(?:permitted|allowed|tolerated)",
    r"(?:cannot|can not|can['’]t) be (?:used|shared|posted|disclosed|claimed|published|taken)",
    r"under no circumstances",
    rf"(?:{_PERSON}|you) (?:cannot|can not|can['’]t)",
)
MUST = _words(
    r"must",
    r"shall",
    r"(?:is|are|be) (?:required|obliged|mandatory|compulsory|essential|critical|imperative|vital)"
    r"(?! by)",
    r"(?<!may )(?:has|have) to(?! be set)",
    r"(?:has|have) a (?:legal |statutory )?(?:duty|obligation) to",
    r"needs? to",
)
SHOULD_NOT = _words(
    r"(?:should|ought) (?:not|never)",
    r"shouldn['’]t",
    r"should (?:be|have|make|give|take|accept|pay|hold|show) no",
    r"discourages?",
    r"(?:advise|recommend) against",
    r"(?:is|are) (?:not|never) (?:appropriate|advisable|recommended|acceptable)",
    r"(?:is|are) inappropriate to",
    r"(?:always|is|are) (?:wrong|unacceptable|inadvisable)",
    r"it is (?:unwise|best not) to",
)
SHOULD = _words(
    r"should(?! (?:do|suffice)\b)",
    r"ought to",
    r"(?:we|council) (?:(?:also|strongly|always) )?"
    r"(?:recommends?|encourages?|expects?|advises?|asks?|urges?)",
    r"(?:is|are) (?:\w+ )?(?:recommended|encouraged|advised|expected|urged|asked)(?= to\b)",
    r"it is (?:(?:a )?good (?:idea|practice)|best|better|advisable|important|sensible|wise)",
    r"(?:is|are) (?:good|best) practice",
)
MAY = re.compile(
    rf"(?:{_PERSON}(?: \w+){{0,3}}?|\b(?:you|we|they)(?: also)?) (?:may|can)\b(?! (?:{_STATES})\b)"
    r"|\b(?:may|can) be (?:used|booked|claimed|taken|made|worn|requested|carried|shared|kept|given"
    r"|approved|granted|borrowed)\b"
    r"|\b(?:is|are) (?:\w+ )?(?:permitted|allowed|free to|entitled|welcome)\b"
    r"|\b(?:it is|is) your (?:own )?(?:decision|choice)\b",
    re.IGNORECASE,
)
