"""Checks example questions that somebody wrote for a policy, line by line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.bank import BankQuestion
from knowledge.errors import BadInput
from knowledge.json_objects import json_objects
from knowledge.policy import Policy
from knowledge.question_fields import PolicySentences, Unusable, question_from
from knowledge.same_question import asked_alike
from knowledge.teaching_prompt import sentence_ids

EMPTY = "There is no question in it. Each line must be one JSON object with a “question”."


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
    sentences = PolicySentences(policy)
    seen = {asked_alike(question.asked) for question in existing}
    found: list[BankQuestion] = []
    problems: list[Problem] = []
    duplicates = left_out = 0
    for line, fields in json_objects(content):
        try:
            question = question_from(fields, sentences)
        except Unusable as unusable:
            problems.append(Problem(line, str(unusable)))
            continue
        if question is None:
            left_out += 1
        elif asked_alike(question.asked) in seen:
            duplicates += 1
        else:
            seen.add(asked_alike(question.asked))
            found.append(replace(question, id=f"line {line}"))
    if not (found or problems or duplicates or left_out):
        raise BadInput(EMPTY)
    return CheckedImport(tuple(found), tuple(problems), duplicates, left_out)


def uncovered(policy: Policy, questions: Iterable[BankQuestion]) -> tuple[str, ...]:
    """The sentences of the policy that answer none of the questions, in its order."""
    named = {t for each in questions for group in each.needed for t in group}
    return tuple(text for text in sentence_ids(policy).values() if text not in named)
