"""Questions whether a policy applies to somebody: answered only by a sentence that names them."""

import re

# Asking whether something holds for people, rather than what it says.
_ASKS_WHETHER = re.compile(
    r"\bappl(?:y|ies)\b|\bcover(?:s|ed)?\b|\b(?:bind|binds|bound)\b|\binclude[sd]?\b|\bexempt\b"
    r"|\bcounts? for\b|\bholds? for\b|\bmeant for\b|\bgo(?:es)? for\b|\bextends? to\b"
    r"|\b(?:come|comes|fall|falls) under\b|\b(?:have|has) to follow\b|\bsubject to\b"
    r"|\bis (?:this|it) (?:mine|for us|for me)\b",
    re.IGNORECASE,
)
# People who work for or with a council in some other way than as its employees, managers or
# councillors: the audiences that policies name or leave out.
_GROUPS = (
    r"volunteers?|contractors?|sub-?contractors?|consultants?|suppliers?|freelancers?"
    r"|agency(?: \w+)?|temps?|temporary \w+|casuals?|bank staff|zero[- ]hours?(?: \w+)?"
    r"|seasonal(?: [\w-]+)?|apprentices?|interns?|trainees?|students?|work experience"
    r"|secondees?|governors?|teachers?|school'?s? (?:staff|payroll)|head ?teachers?"
    r"|trustees?|foster carers?|carers?|former (?:employees?|staff|councillors?)|ex-\w+"
    r"|pensioners?|retired \w+|(?:community|town|parish) (?:and \w+ )?councillors?"
    r"|co-?opted members?|partners?|partner organisations?|charit(?:y|ies)|firefighters?"
    r"|police(?: officers?)?|nhs(?: \w+)?|spouses?|husbands?|wi(?:fe|ves)|famil(?:y|ies)"
)
_IRREGULAR = {"wives": "wife"}
# "posts about our volunteers" names a subject, not an audience.
_GROUP = re.compile(
    rf"(?P<subject>\b(?:about|on|regarding|concerning) (?:[\w’']+ )?)?\b(?P<group>{_GROUPS})\b",
    re.IGNORECASE,
)


def audience_asked(text: str) -> str:
    """The group of people ("agency workers") of whom the question asks whether something applies
    to them; empty where it asks something else, or names no such group."""
    if not _ASKS_WHETHER.search(text):
        return ""
    groups = (found["group"].lower() for found in _GROUP.finditer(text) if not found["subject"])
    return next(groups, "")


def names(text: str, audience: str) -> bool:
    """Whether the text names the group, in the singular or in the plural."""
    words = {_stem(word) for word in re.findall(r"[a-z]+", text.lower())}
    return all(_stem(word) in words for word in re.findall(r"[a-z]+", audience))


def _stem(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return _IRREGULAR.get(word, word.removesuffix("s"))
