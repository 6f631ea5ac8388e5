"""What the pages about example questions show of a question, and what their forms say."""

from collections import Counter
from dataclasses import dataclass

from desk.model.taught_question import Proposal
from handlers.web.forms import TOO_LONG, Form
from knowledge.bank import BankQuestion, Intent
from knowledge.errors import BadInput
from knowledge.policy import Policy, Role
from knowledge.question import Question, role_named
from knowledge.question_fields import LONGEST_QUESTION, TAUGHT_KINDS
from knowledge.teaching_prompt import sentence_ids

NO_WORDS = "Write the question."
NO_SENTENCE = "Tick at least one sentence."
BAD_KIND = "Choose whether the policy answers the question."
CHANGED = "The policy has changed since you opened this page. Tick the sentences again."


@dataclass(frozen=True, slots=True)
class Coverage:
    """A sentence of the policy, with how many questions it answers."""

    text: str
    questions: int


def coverage(policy: Policy, questions: list[BankQuestion]) -> tuple[Coverage, ...]:
    """The sentences in the policy's order."""
    named = Counter(text for question in questions for text in _needed(question))
    return tuple(Coverage(text, named[text]) for text in sentence_ids(policy).values())


def checked_question(policy: Policy, form: Form, before: BankQuestion) -> BankQuestion:
    """The question as the form has it. Raises BadInput."""
    text = form.text("question")
    if any(len(each) > LONGEST_QUESTION for each in (text, *_earlier(form))):
        raise BadInput(TOO_LONG.format(longest=LONGEST_QUESTION))
    if not text:
        raise BadInput(NO_WORDS)
    if form.text("kind") not in TAUGHT_KINDS:
        raise BadInput(BAD_KIND)
    sentences, ids = sentence_ids(policy), form.fields.getall("sentence", ())
    if any(each not in sentences for each in ids):
        raise BadInput(CHANGED)
    if not ids:
        raise BadInput(NO_SENTENCE)
    role_named(form.text("role") or Role.STAFF)
    return typed_question(policy, form, before)


def typed_question(policy: Policy, form: Form, before: BankQuestion) -> BankQuestion:
    """The question as far as the form has it, to be shown again when it is refused.

    A question that needs several sentences together keeps its groups while the same are ticked.
    """
    sentences, ids = sentence_ids(policy), form.fields.getall("sentence", ())
    ticked = tuple(sentences[each] for each in ids if each in sentences)
    role = form.text("role")
    asked = Question(
        form.text("question"), Role(role) if role in set(Role) else Role.STAFF, _earlier(form)
    )
    if form.text("kind") == Intent.NEAR:
        return BankQuestion(before.id, asked, Intent.NEAR, closest=ticked)
    same = set(ticked) == _needed(before)
    needed = before.needed if same else (ticked,)
    return BankQuestion(before.id, asked, Intent.ANSWERABLE, needed, before.fine)


def _earlier(form: Form) -> tuple[str, ...]:
    """The earlier messages that are not emptied."""
    given = (each.strip() for each in form.fields.getall("earlier", ()))
    return tuple(each for each in given if each)


def proposed_question(proposal: Proposal, policy: Policy) -> BankQuestion:
    """With the sentences ticked that were quoted: those of a clause, if it was quoted whole."""
    quoted = [" ".join(text.split()) for text in proposal.quoted]
    sentences = tuple(
        text
        for text in sentence_ids(policy).values()
        if any(" ".join(text.split()) in each for each in quoted)
    )
    asked = Question(proposal.text, proposal.role, proposal.history)
    needed = (sentences,) if sentences else ()
    return BankQuestion("", asked, Intent.ANSWERABLE, needed)


def _needed(question: BankQuestion) -> set[str]:
    return {text for group in question.needed for text in group}


def sentences_named(question: BankQuestion) -> set[str]:
    return _needed(question) | set(question.closest)
