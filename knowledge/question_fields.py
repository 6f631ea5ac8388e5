"""The fields of one example question that somebody wrote, checked one by one."""

import re
from collections.abc import Mapping

from knowledge.bank import BankQuestion, Intent
from knowledge.policy import Policy, Role
from knowledge.question import Question
from knowledge.storable_text import storable
from knowledge.teaching_prompt import sentence_ids

LONGEST_QUESTION = 2000
"""Characters, as many as a reader of the page can still take in; the encoder reads about 1,200."""
MOST_EARLIER = 20
TAUGHT_KINDS = (Intent.ANSWERABLE, Intent.NEAR)
NOT_JSON = "not JSON. Each line must be one JSON object."
NO_QUESTION = "it has no “question”."
LONG = f"the question has more than {LONGEST_QUESTION:,} characters."
NO_SENTENCE = "an answerable question needs “must” with at least one sentence in each group."
NO_CLOSEST = "a near miss needs “closest” with at least one sentence."
BAD_KIND = "its kind is “{kind}”. Only answerable and near questions are taken."
BAD_ROLE = "its role is “{role}”. It must be staff, manager or councillor."
BAD_TYPE = "“{field}” must be {wanted}."
UNKNOWN_ID = "the policy has no sentence “{name}”. Was the prompt made from another version?"
UNKNOWN_TEXT = "this sentence is not in the policy: “{name}”"
TEXT, SENTENCES = "text", "a list of sentences"
GROUPS, MESSAGES = "a list of groups of sentences", "a list of messages"
MOST_QUOTED = 80  # characters that a problem repeats

_ID = re.compile(r"S\d{1,6}-[0-9a-f]{3}")
_QUOTES_AND_DASHES = str.maketrans("’‘“”–—", "''\"\"--")


class Unusable(Exception):
    """Its message says what is wrong with one question."""


class PolicySentences:
    """Finds a sentence by its id, or by its words in any spacing, quotes and case."""

    def __init__(self, policy: Policy) -> None:
        self._by_id = sentence_ids(policy)
        self._by_words = {_plain(text): text for text in self._by_id.values()}

    def find(self, name: str) -> str:
        """Raises Unusable."""
        given = name.strip().strip("[]")
        if _ID.fullmatch(given):
            if given not in self._by_id:
                raise Unusable(UNKNOWN_ID.format(name=given))
            return self._by_id[given]
        if _plain(given) not in self._by_words:
            raise Unusable(UNKNOWN_TEXT.format(name=_quoted(given)))
        return self._by_words[_plain(given)]


def question_from(fields: object, sentences: PolicySentences) -> BankQuestion | None:
    """None for a message of a kind that is not taught. Raises Unusable."""
    if not isinstance(fields, dict):
        raise Unusable(NOT_JSON)
    kind = _kind(fields)
    if kind not in TAUGHT_KINDS:
        return None
    needed = _groups(fields, sentences)
    fine, closest = _listed(fields, "ok", sentences), _listed(fields, "closest", sentences)
    if kind is Intent.ANSWERABLE and not (needed and all(needed)):
        raise Unusable(NO_SENTENCE)
    if kind is Intent.NEAR and not closest:
        raise Unusable(NO_CLOSEST)
    asked = _asked(fields)
    if kind is Intent.NEAR:
        return BankQuestion("", asked, kind, closest=closest)
    return BankQuestion("", asked, kind, needed, fine)


def _kind(fields: Mapping[str, object]) -> Intent:
    name = _text(fields, "kind") or Intent.ANSWERABLE
    if name not in set(Intent):
        raise Unusable(BAD_KIND.format(kind=_quoted(name)))
    return Intent(name)


def _asked(fields: Mapping[str, object]) -> Question:
    text = _text(fields, "question")
    if not text:
        raise Unusable(NO_QUESTION)
    history = _strings(fields.get("history"), "history", MESSAGES)
    earlier = tuple(said for each in history if (said := storable(each).strip()))
    if max(map(len, (text, *earlier))) > LONGEST_QUESTION:
        raise Unusable(LONG)
    role = _text(fields, "role") or Role.STAFF
    if role not in set(Role):
        raise Unusable(BAD_ROLE.format(role=_quoted(role)))
    return Question(text, Role(role), earlier[-MOST_EARLIER:])


def _text(fields: Mapping[str, object], field: str) -> str:
    """As it can be stored; empty where the field is missing or null."""
    given = fields.get(field)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Unusable(BAD_TYPE.format(field=field, wanted=TEXT))
    return storable(given).strip()


def _groups(
    fields: Mapping[str, object], sentences: PolicySentences
) -> tuple[tuple[str, ...], ...]:
    given = fields.get("must")
    groups = given if isinstance(given, list) else _strings(given, "must", GROUPS)
    # ["S1-abc"] is what a writer in a hurry makes of [["S1-abc"]].
    if groups and not any(isinstance(group, list) for group in groups):
        groups = [groups]
    return tuple(_found(_strings(group, "must", GROUPS), sentences) for group in groups)


def _listed(
    fields: Mapping[str, object], field: str, sentences: PolicySentences
) -> tuple[str, ...]:
    return _found(_strings(fields.get(field), field, SENTENCES), sentences)


def _found(names: list[str], sentences: PolicySentences) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(sentences.find, names)))


def _strings(given: object, field: str, wanted: str) -> list[str]:
    """A single string counts as a list of it, and null as an empty one."""
    listed = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise Unusable(BAD_TYPE.format(field=field, wanted=wanted))
    return listed


def _quoted(name: str) -> str:
    return storable(name)[:MOST_QUOTED]


def _plain(text: str) -> str:
    """As sentences are compared: without case, spacing, and the forms of quotes and dashes."""
    return " ".join(text.casefold().translate(_QUOTES_AND_DASHES).split())
