"""The question bank: example questions, tied by text to the sentences that answer them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path

from knowledge.errors import BadQuestionBank
from knowledge.policy import Role
from knowledge.question import Question

SENTENCE_IDS = "sentences.tsv"
ID = re.compile(r"[A-Z]+\d+")


class Intent(StrEnum):
    """What kind of message a question is; all but ANSWERABLE have no answer in the policy."""

    ANSWERABLE = "answerable"
    NEAR = "near"
    OFF_TOPIC = "off"
    SENSITIVE = "sensitive"
    VAGUE = "vague"
    SMALL_TALK = "smalltalk"
    INJECTION = "injection"


class Need(StrEnum):
    """What a sensitive message is about, and so who can help."""

    DANGER = "danger"
    SAFEGUARDING = "safeguarding"
    BULLYING = "bullying"
    WRONGDOING = "wrongdoing"
    DATA_BREACH = "data_breach"
    DISTRESS = "distress"
    PERSONAL_MATTER = "personal_matter"


class SmallTalk(StrEnum):
    """What a message of small talk does."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WHO_ARE_YOU = "who_are_you"
    WHAT_CAN_YOU_DO = "what_can_you_do"
    HOW_ARE_YOU = "how_are_you"
    ACKNOWLEDGEMENT = "acknowledgement"
    PRAISE = "praise"
    COMPLAINT = "complaint"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """`needed` holds groups of sentence texts: a complete answer quotes one of every group, and
    the first group answers most directly. `fine` may be quoted too. `closest` is what a naive
    search would wrongly return for a near miss. `need` tells sensitive messages and small talk
    apart. `traffic` marks messages written down as they would come in, in their proportions: the
    bot does not learn from them, it is measured on them."""

    id: str
    asked: Question
    kind: Intent
    needed: tuple[tuple[str, ...], ...] = ()
    fine: tuple[str, ...] = ()
    closest: tuple[str, ...] = ()
    need: Need | SmallTalk | None = None
    traffic: bool = False


@dataclass(frozen=True, slots=True)
class Bank:
    """`questions` teach, `traffic` measures. `orphans` are the ids of questions whose sentences
    are in none of the policies; `whole` are the questions that would teach without orphans."""

    questions: tuple[BankQuestion, ...]
    orphans: tuple[str, ...] = ()
    traffic: tuple[BankQuestion, ...] = ()
    whole: tuple[BankQuestion, ...] = ()


def read_bank(folder: Path) -> tuple[BankQuestion, ...]:
    """Every question of the folder's *.jsonl files; an absent folder is an empty bank.

    A sentence is named by an id of the folder's sentences.tsv or by its own text.
    Raises BadQuestionBank, naming file and line.
    """
    if not folder.is_dir():
        return ()
    texts = read_sentence_ids(folder)
    return tuple(
        question
        for path in sorted(folder.glob("*.jsonl"))
        for question in read_questions(path, texts)
    )


def tie_to(questions: Iterable[BankQuestion], sentences: frozenset[str]) -> Bank:
    """Leave out sentences that are no longer in any policy, and questions left without any.

    Where the bank is about other policies altogether, it still tells kinds of messages apart.
    """
    asked = tuple(questions)
    pairs = [(question, _kept(question, sentences)) for question in asked]
    tied = tuple(kept for question, kept in pairs if _complete(kept, question))
    if not any(question.needed for question in tied):
        return Bank(tuple(_of_another_subject(question) for question in _teaching(asked)))
    orphans = tuple(question.id for question, kept in pairs if not _complete(kept, question))
    traffic = tuple(question for question in tied if question.traffic)
    return Bank(_teaching(tied), orphans, traffic, _teaching(asked))


def with_all_sentences(
    questions: Iterable[BankQuestion], sentences: frozenset[str]
) -> tuple[BankQuestion, ...]:
    """Those for which all that they need is in `sentences`, without the others."""
    pairs = ((question, _kept(question, sentences)) for question in questions)
    return tuple(kept for question, kept in pairs if _complete(kept, question))


def _teaching(questions: Iterable[BankQuestion]) -> tuple[BankQuestion, ...]:
    return tuple(question for question in questions if not question.traffic)


def _of_another_subject(question: BankQuestion) -> BankQuestion:
    """The question for policies without a bank: greetings and the like keep their intent, all
    other questions are about a subject that the bank does not know."""
    if question.kind not in (Intent.ANSWERABLE, Intent.NEAR):
        return question
    return replace(question, kind=Intent.OFF_TOPIC, needed=(), fine=(), closest=())


def _kept(question: BankQuestion, sentences: frozenset[str]) -> BankQuestion:
    if sentences.issuperset(chain(*question.needed, question.fine, question.closest)):
        return question
    return replace(
        question,
        needed=tuple(tuple(t for t in group if t in sentences) for group in question.needed),
        fine=tuple(text for text in question.fine if text in sentences),
        closest=tuple(text for text in question.closest if text in sentences),
    )


def _complete(kept: BankQuestion, original: BankQuestion) -> bool:
    return all(kept.needed) and (bool(kept.closest) or not original.closest)


def read_questions(path: Path, texts: Mapping[str, str]) -> Iterator[BankQuestion]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _question(line, f"{path.name}:{number}", texts)


def read_sentence_ids(folder: Path) -> dict[str, str]:
    """The text of each id in the folder's list, if it has one. Its lines are id, [label] and
    sentence, separated by tabs; the label is for human readers only."""
    path = folder / SENTENCE_IDS
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {row[0]: row[-1] for row in rows}


def _question(line: str, place: str, texts: Mapping[str, str]) -> BankQuestion:
    try:
        fields = json.loads(line)
        return BankQuestion(
            id=str(fields.get("id", place)),
            asked=Question(
                str(fields["question"]),
                Role(fields.get("role", Role.STAFF)),
                tuple(map(str, fields.get("history", ()))),
            ),
            kind=_kind(fields.get("kind", Intent.ANSWERABLE)),
            needed=tuple(
                tuple(_text(name, texts) for name in group) for group in fields.get("must", ())
            ),
            fine=tuple(_text(name, texts) for name in fields.get("ok", ())),
            closest=tuple(_text(name, texts) for name in fields.get("closest", ())),
            need=_need(fields.get("need")),
            traffic=bool(fields.get("traffic", False)),
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadQuestionBank(f"{place}: not a question in JSON: {error}") from error
    except KeyError as error:
        raise BadQuestionBank(f"{place}: the question lacks {error}.") from error


def _kind(name: str) -> Intent:
    # Development questions that the policy answers in part count as near misses.
    return Intent.NEAR if name == "partly" else Intent(name)


def _need(name: str | None) -> Need | SmallTalk | None:
    if name is None:
        return None
    return SmallTalk(name) if name in set(SmallTalk) else Need(name)


def _text(name: str, texts: Mapping[str, str]) -> str:
    """The text of a sentence id. A value that does not look like an id is already the text."""
    if name in texts:
        return texts[name]
    if ID.fullmatch(name):
        raise ValueError(f"no sentence has the id {name!r}")
    return name
