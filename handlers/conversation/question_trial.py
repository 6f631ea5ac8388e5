"""Tries a question for everybody who might ask it. Nothing is stored, and no case opens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from answer.explanation import Explanation
from desk.model.question import Outcome
from handlers.conversation import reply_message
from handlers.conversation.conversation import Conversation
from handlers.conversation.escalation import case_reason
from handlers.conversation.question_actions import Answers
from handlers.conversation.reply_message import ReplyMessage
from handlers.conversation.reply_plan import FinalReply, ReplyPlan
from knowledge.policy import Policy, Role
from knowledge.question import Question
from knowledge.reason import Reason


class TrialBot(Answers, Protocol):
    """A bot over given policies, which says what it goes by."""

    @property
    def policies(self) -> Sequence[Policy]: ...

    def explain(self, question: Question) -> tuple[Explanation, ...]:
        """One for each part of the question; empty where the reply does not come from a search."""
        ...


@dataclass(frozen=True, slots=True)
class Trial:
    """What `roles` are told. `reason` is None where a switch or a published answer decides.
    `evidence` is what the bot itself goes by, also where it does not decide."""

    roles: tuple[Role, ...]
    outcome: Outcome
    says: ReplyMessage
    reason: Reason | None
    evidence: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class QuestionTrials:
    """`bot` is the one that answers now."""

    conversation: Conversation
    bot: TrialBot

    def of(
        self, text: str, earlier: tuple[str, ...] = (), bot: TrialBot | None = None
    ) -> tuple[Trial, ...]:
        """Roles that are told the same are in one trial. `bot`: instead of the one that answers
        now, for example one with a draft of a policy in force."""
        found: list[Trial] = []
        for role in Role:
            trial = self._for_role(Question(text, role, earlier), bot or self.bot)
            same = next((each for each in found if _told_alike(each, trial)), None)
            if same is None:
                found.append(trial)
            else:
                found[found.index(same)] = replace(same, roles=(*same.roles, role))
        return tuple(found)

    def _for_role(self, question: Question, bot: TrialBot) -> Trial:
        planner = self.conversation.planner()
        if bot is not self.bot:
            published = planner.published.under(bot.policies)
            policies = tuple(bot.policies)
            planner = replace(planner, answers=bot, policies=policies, published=published)
        planned = planner.plan(question, self.conversation.desk.switches.on())
        return _trial(planned, question.role, bot.explain(question))


def _trial(planned: ReplyPlan, role: Role, evidence: tuple[Explanation, ...]) -> Trial:
    if isinstance(planned, FinalReply):
        return Trial((role,), planned.outcome, planned.says, planned.decision.reason, evidence)
    says = reply_message.from_reply(planned.reply)
    return Trial((role,), Outcome.ESCALATED, says, case_reason(planned.reply), evidence)


def _told_alike(one: Trial, other: Trial) -> bool:
    return (one.outcome, one.says, one.reason) == (other.outcome, other.says, other.reason)
