"""Checks example questions that somebody wrote for a policy, line by line."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from knowledge.bank import BankQuestion, Intent
from knowledge.errors import BadInput
from knowledge.policy import Policy, Role
from knowledge.question import Question
from knowledge.teaching_prompt import sentence_ids

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes: some 10,000 questions with their sentences."""
LONGEST_QUESTION = 2000
MOST_EARLIER = 20
TAUGHT_KINDS = (Intent.ANSWERABLE, Intent.NEAR)
NOT_JSON = "not JSON. Each line must be one JSON object."
NO_QUESTION = "it has no “question”."
LONG = f"the question has more than {LONGEST_QUESTION:,} characters."
NO_SENTENCE = "an answerable question needs “must” with at least one sentence."
NO_CLOSEST = "a near miss needs “closest” with at least one sentence."
BAD_KIND = "its kind is {kind!r}. Only answerable and near questions are taken."
BAD_ROLE = "its role is {role!r}. It must be staff, manager or councillor."
BAD_LIST = "“{field}” must be a list of sentences."
UNKNOWN_ID = "the policy has no sentence {name!r}. Was the prompt made from another version?"
UNKNOWN_TEXT = "this sentence is not in the policy: “{name}”"
TOO_LARGE = f"The file has more than {LARGEST_FILE // 1024 // 1024} MB. Import it in parts."
EMPTY = "There is no question in it. Each line must be one JSON object with a “question”."
NO_TEXT = "The file is not text in UTF-8."

_ID = re.compile(r"S\d{1,6}-[0-9a-f]{3}")
_FENCE = re.compile(r"^\s*```.*$", re.MULTILINE)


class _Unusable(Exception):
    """Its message says what is wrong with one question."""


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` counts from 1."""

    line: int
    text: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class CheckedImport:
    """`questions` can be taken; `problems` say why others cannot. `duplicates` counts those that
    are there already, or twice in the file. `left_out` counts messages of other kinds, such as
    small talk: the bot knows those without being taught."""

    questions: tuple[BankQuestion, ...]
    problems: tuple[Problem, ...]
    duplicates: int
    left_out: int


def check(policy: Policy, content: bytes, existing: Iterable[BankQuestion] = ()) -> CheckedImport:
    """Reads JSON lines, or one JSON list, also between the marks that assistants put around code.

    A sentence is named by its id in the prompt or by its words. Raises BadInput where the whole
    file cannot be used.
    """
    sentences = _Sentences(policy)
    seen = {_alike(question) for question in existing}
    found: list[BankQuestion] = []
    problems: list[Problem] = []
    duplicates = left_out = 0
    for line, fields in _objects(_text(content)):
        try:
            question = _question(fields, sentences)
        except _Unusable as unusable:
            problems.append(Problem(line, str(unusable)))
            continue
        if question is None:
            left_out += 1
        elif _alike(question) in seen:
            duplicates += 1
        else:
            seen.add(_alike(question))
            found.append(replace(question, id=f"line {line}"))
    if not found and not problems and not duplicates:
        raise BadInput(EMPTY)
    return CheckedImport(tuple(found), tuple(problems), duplicates, left_out)


def uncovered(policy: Policy, questions: Iterable[BankQuestion]) -> tuple[str, ...]:
    """The sentences of the policy that answer none of the questions, in its order."""
    named = {t for each in questions for group in each.needed for t in group}
    return tuple(text for text in sentence_ids(policy).values() if text not in named)


class _Sentences:
    """Finds a sentence by its id, or by its words whatever their spacing, quotes and case."""

    def __init__(self, policy: Policy) -> None:
        self._by_id = sentence_ids(policy)
        self._by_words = {_plain(text): text for text in self._by_id.values()}

    def named(self, name: object) -> str:
        if not isinstance(name, str):
            raise _Unusable(UNKNOWN_TEXT.format(name=str(name)[:80]))
        given = name.strip().strip("[]")
        if _ID.fullmatch(given):
            if given not in self._by_id:
                raise _Unusable(UNKNOWN_ID.format(name=given))
            return self._by_id[given]
        if _plain(given) not in self._by_words:
            raise _Unusable(UNKNOWN_TEXT.format(name=given[:80]))
        return self._by_words[_plain(given)]


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise BadInput(TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(NO_TEXT) from None
    # A fence becomes an empty line, so that the numbers of the lines stay right.
    return _FENCE.sub("", text)


def _objects(text: str) -> Iterator[tuple[int, object]]:
    """Each object with its line; for what is no JSON, None in its place."""
    whole = _parsed(text)
    if isinstance(whole, list):
        yield from enumerate(whole, start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        bare = line.strip().rstrip(",")
        if bare and bare not in ("[", "]"):
            yield number, _parsed(bare)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _question(fields: object, sentences: _Sentences) -> BankQuestion | None:
    """None for a message of a kind that is not taught."""
    if not isinstance(fields, dict):
        raise _Unusable(NOT_JSON)
    kind = _kind(fields)
    if kind not in TAUGHT_KINDS:
        return None
    needed = tuple(_named(group, "must", sentences) for group in _groups(fields))
    closest = _named(fields.get("closest", ()), "closest", sentences)
    if kind is Intent.ANSWERABLE and not needed:
        raise _Unusable(NO_SENTENCE)
    if kind is Intent.NEAR and not closest:
        raise _Unusable(NO_CLOSEST)
    fine = _named(fields.get("ok", ()), "ok", sentences)
    asked = _asked(fields)
    if kind is Intent.NEAR:
        return BankQuestion("", asked, kind, closest=closest)
    return BankQuestion("", asked, kind, needed, fine)


def _kind(fields: Mapping[str, object]) -> Intent:
    name = fields.get("kind", Intent.ANSWERABLE)
    if name not in set(Intent):
        raise _Unusable(BAD_KIND.format(kind=str(name)[:40]))
    return Intent(str(name))


def _asked(fields: Mapping[str, object]) -> Question:
    text, history = fields.get("question"), fields.get("history") or ()
    if not isinstance(text, str) or not text.strip():
        raise _Unusable(NO_QUESTION)
    earlier = _strings(history, "history")
    if max(map(len, (text, *earlier))) > LONGEST_QUESTION:
        raise _Unusable(LONG)
    role = fields.get("role") or Role.STAFF
    if role not in set(Role):
        raise _Unusable(BAD_ROLE.format(role=str(role)[:40]))
    return Question(text.strip(), Role(str(role)), earlier[-MOST_EARLIER:])


def _groups(fields: Mapping[str, object]) -> tuple[object, ...]:
    given = fields.get("must") or ()
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list | tuple):
        raise _Unusable(BAD_LIST.format(field="must"))
    # ["S1-abc"] is what a writer in a hurry makes of [["S1-abc"]].
    return tuple(given) if all(isinstance(group, list) for group in given) else (list(given),)


def _named(names: object, field: str, sentences: _Sentences) -> tuple[str, ...]:
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list | tuple):
        raise _Unusable(BAD_LIST.format(field=field))
    return tuple(dict.fromkeys(map(sentences.named, names)))


def _strings(given: object, field: str) -> tuple[str, ...]:
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        raise _Unusable(BAD_LIST.format(field=field))
    return tuple(given)


def _alike(question: BankQuestion) -> tuple[str, ...]:
    said: Collection[str] = (*question.asked.history[-1:], question.asked.text)
    return (question.asked.role.value, *map(_plain, said))


def _plain(text: str) -> str:
    """The words as they are compared: without case, spacing, and the forms of quotes and dashes."""
    folded = text.casefold()
    for mark, plain in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-")):
        folded = folded.replace(mark, plain)
    return " ".join(folded.split())
