"""The example questions of one policy on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from answer.quality_card import QualityCard
from app.desk import desk_of
from app.encoders import encoders_of
from app.lessons import Taught, Unmeasured, tied, unmeasured_because
from app.policies import policies_in_force
from app.teaching import Teacher
from desk.model.clock import SystemClock
from desk.model.taught_question import Origin
from desk.services.desk import Desk
from desk.services.escalation import EqualWordsOnly
from handlers.terminal.messenger import system_user
from handlers.terminal.progress import progress_bars
from knowledge.bank import BankQuestion, read_bank
from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.question_import import CheckedImport, check
from settings import Settings

NO_SUCH_POLICY = "There is no policy {name!r}. There are: {names}."


@dataclass(frozen=True, slots=True)
class Imported:
    """`added` of the checked questions were new, and the policy has `in_all` now; `card` is of
    all of them."""

    policy: Policy
    checked: CheckedImport
    added: int
    in_all: int
    card: QualityCard


def policy_named(settings: Settings, name: str) -> Policy:
    """Of those in force. Raises BadInput."""
    with _opened(settings) as desk:
        return _policy(settings, desk, name)


def stored(settings: Settings, name: str) -> tuple[BankQuestion, ...]:
    """Also of a policy that is no longer in force. Raises BadInput."""
    with _opened(settings) as desk:
        found = tuple(each.question for each in desk.teaching.of_policy(name))
        if not found:
            _policy(settings, desk, name)
        return found


def counts(settings: Settings) -> dict[str, int]:
    """How many questions each policy has that has any, also one that is no longer in force."""
    with _opened(settings) as desk:
        return desk.teaching.counts()


def delete_all(settings: Settings, name: str) -> int:
    """How many questions there were, also of a policy that is no longer in force. Raises
    BadInput where there are neither questions nor a policy."""
    with _opened(settings) as desk:
        deleted = desk.teaching.delete_all(name, system_user())
        if not deleted:
            _policy(settings, desk, name)
        return deleted


def take(settings: Settings, name: str, content: bytes) -> Imported:
    """Check what somebody wrote for the policy, and add what can be used. Raises BadInput."""
    with _opened(settings) as desk:
        policy = _policy(settings, desk, name)
        before = [each.question for each in desk.teaching.of_policy(policy.name)]
        checked = check(policy, content, before)
        added = desk.teaching.add(policy.name, checked.questions, Origin.IMPORTED, system_user())
        now = tuple(each.question for each in desk.teaching.of_policy(policy.name))
    return Imported(policy, checked, added, len(now), _card(settings, policy, now))


def _card(settings: Settings, policy: Policy, questions: tuple[BankQuestion, ...]) -> QualityCard:
    own, bank = tied(policy, questions), read_bank(settings.questions)
    in_bank = any(question.needed for question in tied(policy, bank))
    reason = unmeasured_because(own, in_bank=in_bank)
    taught = Taught()
    if reason:
        taught = Taught(unmeasured={policy.name: Unmeasured(own, reason)})
    elif own:
        teacher = Teacher(settings, encoders_of(settings))
        with progress_bars() as progress:
            lesson = teacher.lesson(policy, own, bank, progress)
        taught = Taught({policy.name: lesson})
    return taught.card(policy, settings.accepted_risk)


@contextmanager
def _opened(settings: Settings) -> Iterator[Desk]:
    desk = desk_of(settings, EqualWordsOnly())
    try:
        yield desk
    finally:
        desk.close()


def _policy(settings: Settings, desk: Desk, name: str) -> Policy:
    uploaded = desk.policy_versions.in_force()
    policies = policies_in_force(settings.policies, uploaded, _now(desk)).policies
    for policy in policies:
        if policy.name == name:
            return policy
    names = ", ".join(sorted(policy.name for policy in policies))
    raise BadInput(NO_SUCH_POLICY.format(name=name, names=names))


def _now(desk: Desk) -> datetime:
    return SystemClock().now().astimezone(desk.hours.zone)
