"""One message that asks two or three things: each is looked up, and answered in the order asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answer.assessment import Assessment
from answer.citations import MOST, cite
from answer.message_parts import AskedPart, asked_parts
from answer.reply import Citation
from knowledge.bank import Intent
from knowledge.question import Question

Assess = Callable[[Question], Assessment]


@dataclass(frozen=True)
class AssessedPart:
    asked: AskedPart
    assessment: Assessment

    @property
    def is_unsure(self) -> bool:
        """Whether the policy may answer this part, but not surely enough to be quoted."""
        found = self.assessment
        return found.intent is Intent.ANSWERABLE and not found.answers


def assess_parts(question: Question, assess: Assess) -> tuple[AssessedPart, ...]:
    """The parts of a message that have answers of their own; empty where it asks one thing, also
    if in several sentences. At least one of the parts has an answer."""
    parts: list[AssessedPart] = []
    for asked in asked_parts(question.text):
        history = (*question.history, *(part.asked.story for part in parts))
        found = assess(replace(question, text=asked.story, history=history))
        part = AssessedPart(asked, found)
        if found.intent in (Intent.SMALL_TALK, Intent.VAGUE):
            continue  # "hi, how are you?" asks nothing about the policy
        if not any(_says_the_same(part, earlier) for earlier in parts):
            parts.append(part)
    several = len(parts) > 1 and any(part.assessment.answers for part in parts)
    return tuple(parts) if several else ()


def citations_of(parts: Sequence[AssessedPart]) -> tuple[Citation, ...]:
    """At most MOST citations, each with the part that it is about; the best one of every part that
    has an answer is among them. Raises QuoteMismatch."""
    found = [_about(part) for part in parts if part.assessment.answers]
    room = MOST - len(found)
    chosen = []
    for citations in found:
        further = citations[1 : 1 + room]
        room -= len(further)
        chosen += [citations[0], *further]
    return tuple(chosen)


def confidence_of(parts: Sequence[AssessedPart]) -> float:
    """The lowest of those parts that have an answer."""
    return min(part.assessment.confidence for part in parts if part.assessment.answers)


def _about(part: AssessedPart) -> list[Citation]:
    found = cite(part.assessment.evidence, part.assessment.rows)
    return [replace(citation, about=part.asked.text) for citation in found]


def _says_the_same(part: AssessedPart, earlier: AssessedPart) -> bool:
    """Whether the earlier part's answer serves this one: "Is it me? Or my boss?" asks once."""
    if part.assessment.intent in (Intent.NEAR, Intent.OFF_TOPIC):
        return False
    return part.assessment.rows[0] in earlier.assessment.rows
