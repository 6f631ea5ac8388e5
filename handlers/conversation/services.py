"""What every surface of one process works with."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from answer.quality_card import QualityCard
from desk.model.clock import Clock
from desk.model.people import Person
from desk.services.desk import Desk
from desk.services.report import Grouping
from handlers.conversation.case_additions import CaseAdditions
from handlers.conversation.conversation import Conversation
from handlers.conversation.escalation import EscalationPolicy
from handlers.conversation.policy_changes import PolicyReviewer
from handlers.conversation.policy_links import PublicPages
from handlers.conversation.published_answers import PublishedAnswers, Similarity
from handlers.conversation.question_actions import Answers, QuestionActions
from handlers.conversation.question_trial import QuestionTrials, TrialBot
from handlers.conversation.staff_context import StaffContext
from knowledge.policy import Policy

# Answering computes: more threads than cores answer no faster, and keep the others waiting.
ANSWERING_THREADS = max(2, os.cpu_count() or 1)


def _not_measured(_: Policy) -> None:
    return None


class Encoder(Similarity, Grouping, Protocol):
    """Compares questions, and groups them for the report."""


@dataclass(frozen=True, slots=True)
class Bot:
    """What reads questions; `encoder` compares them with those asked before. `refresh` looks
    whether the policies have changed, and takes the new ones; `unread` has one clear sentence for
    each policy that could not be read; `reviewer` tries uploaded policies; `card` says how well a
    policy is answered, None where that is not measured; `trial` says what a question would be
    told, and why."""

    answers: Answers
    policies: Sequence[Policy]
    encoder: Encoder
    refresh: Callable[[], object] = bool
    unread: Callable[[], tuple[str, ...]] = tuple
    reviewer: PolicyReviewer | None = None
    card: Callable[[Policy], QualityCard | None] = _not_measured
    trial: TrialBot | None = None


@dataclass(frozen=True, slots=True)
class Council:
    """`contact` is named while the bot is switched off; `address` is the public one of the policy
    pages ("https://policy.example.gov.uk"), for links to them. Both may be empty. `sends_email`:
    whether askers may have an answer e-mailed."""

    escalation: EscalationPolicy = EscalationPolicy.AUTOMATIC
    contact: str = ""
    address: str = ""
    sends_email: bool = False


@dataclass(frozen=True, slots=True)
class Services:
    """All of it may be called from any thread. `answering` are the threads for
    `conversation.settle`: what has to be acknowledged does not wait behind them."""

    desk: Desk
    conversation: Conversation
    question_actions: QuestionActions
    case_additions: CaseAdditions
    policies: Sequence[Policy]
    grouping: Grouping
    clock: Clock
    address: str
    sends_email: bool
    refresh_policies: Callable[[], object]
    unread_policies: Callable[[], tuple[str, ...]]
    policy_reviewer: PolicyReviewer | None
    quality_card: Callable[[Policy], QualityCard | None]
    question_trials: QuestionTrials | None
    answering: Executor = field(
        default_factory=lambda: ThreadPoolExecutor(ANSWERING_THREADS, "answering")
    )

    @property
    def pages(self) -> PublicPages:
        return PublicPages(self.policies, self.address)

    def office(self, by: Person) -> StaffContext:
        """The desk in the hands of this colleague of comms."""
        return StaffContext(
            self.desk, by, self.clock, lambda: tuple(self.policies), lambda: self.grouping
        )


def build_services(bot: Bot, desk: Desk, clock: Clock, council: Council) -> Services:
    answers = bot.answers
    published = PublishedAnswers(desk.publishing, bot.policies, bot.encoder, clock, desk.hours)
    conversation = Conversation(
        answers, bot.policies, desk, published, council.escalation, council.contact
    )
    return Services(
        desk=desk,
        conversation=conversation,
        question_actions=QuestionActions(answers, desk, published, council.contact),
        case_additions=CaseAdditions(answers, desk.case_edits),
        policies=bot.policies,
        grouping=bot.encoder,
        clock=clock,
        address=council.address,
        sends_email=council.sends_email,
        refresh_policies=bot.refresh,
        unread_policies=bot.unread,
        policy_reviewer=bot.reviewer,
        quality_card=bot.card,
        question_trials=QuestionTrials(conversation, bot.trial) if bot.trial else None,
    )
