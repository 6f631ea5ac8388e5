"""Which step a case allows, to whom. Each function returns in peace or refuses with a sentence."""

import re

from desk.model.case import PENDING, Asker, Case, Event, Status
from desk.model.errors import (
    AlreadyAnswered,
    AlreadyClaimed,
    NoSuchCase,
    NothingSaid,
    NotYours,
    Overtaken,
    WrongStep,
)
from desk.model.people import PersonRef


def case_id(ref: str) -> int:
    match = re.fullmatch(r"(?:C-)?(\d{1,18})", ref.strip(), re.IGNORECASE)
    if match is None:
        raise NoSuchCase(f"{ref!r} is no case: a reference looks like C-12.")
    return int(match[1])


def words(text: str, what: str) -> str:
    if not text.strip():
        raise NothingSaid(f"{what} needs words.")
    return text.strip()


def is_unchanged(case: Case, expected_version: int | None) -> None:
    """Raises Overtaken where the colleague looked at another version; None asks for none."""
    if expected_version not in (None, case.version):
        raise Overtaken(f"{case.ref} has changed since you opened it. Nothing was sent.")


def may_claim(case: Case, who: PersonRef) -> None:
    _must_be_pending(case, "claimed")
    if _with_another(case, who):
        raise AlreadyClaimed(f"{case.ref} is already with {_name(case.holder)}.")


def may_take_over(case: Case) -> None:
    _must_be_pending(case, "taken over")


def may_release(case: Case, who: PersonRef) -> None:
    if case.status is not Status.CLAIMED:
        raise WrongStep(f"{case.ref} is {case.status}: nobody holds it.")
    if _with_another(case, who):
        raise AlreadyClaimed(f"{case.ref} is with {_name(case.holder)}, not with you.")


def may_answer(case: Case, who: PersonRef) -> None:
    if case.status is Status.ANSWERED:
        last = case.answers[-1]
        raise AlreadyAnswered(
            f"{case.ref} was already answered by {_name(last.who)}. "
            "Correct that answer, or reopen the case."
        )
    _must_be_pending(case, "answered")
    if _with_another(case, who):
        raise AlreadyClaimed(f"{case.ref} is with {_name(case.holder)}. Take it over first.")


def may_correct(case: Case) -> Event:
    """The answer that a correction corrects: the last one."""
    if not case.answers:
        raise WrongStep(f"{case.ref} has no answer yet that could be corrected.")
    return case.answers[-1]


def may_close(case: Case, reason: str) -> None:
    if case.status in (Status.CLOSED, Status.WITHDRAWN):
        raise WrongStep(f"{case.ref} is {case.status} already.")
    if case.status is not Status.ANSWERED and not reason.strip():
        raise NothingSaid(f"{case.ref} has no answer: give one, or a reason for closing it.")


def may_reopen(case: Case) -> None:
    if case.status not in (Status.ANSWERED, Status.CLOSED):
        raise WrongStep(f"{case.ref} is {case.status}: only an answered or closed case reopens.")


def may_follow_up(case: Case) -> None:
    if case.status is Status.WITHDRAWN:
        raise WrongStep(f"{case.ref} was withdrawn. Ask again to open a new case.")


def may_withdraw(case: Case) -> None:
    _must_be_pending(case, "withdrawn")


def may_publish(case: Case) -> None:
    if not case.answers:
        raise WrongStep(f"{case.ref} has no answer yet that could be published.")


def asker_in(case: Case, who: PersonRef) -> Asker:
    mine = [asker for asker in case.askers if asker.who.id == who.id]
    if not mine:
        raise NotYours(f"{case.ref} is not your question.")
    return mine[-1]


def may_change(case: Case) -> None:
    if case.answers:
        raise AlreadyAnswered(
            f"{case.ref} was answered by {_name(case.answers[-1].who)} before you changed it. "
            "Write again if the answer does not fit."
        )
    _must_be_pending(case, "changed")


def _must_be_pending(case: Case, verb: str) -> None:
    if case.status is Status.ANSWERED:
        raise AlreadyAnswered(f"{case.ref} was already answered by {_name(case.answers[-1].who)}.")
    if case.status not in PENDING:
        raise WrongStep(f"{case.ref} is {case.status} and cannot be {verb}.")


def _with_another(case: Case, who: PersonRef) -> bool:
    # By id: a name may have been spelt otherwise when the case was claimed.
    return case.status is Status.CLAIMED and (case.holder is None or case.holder.id != who.id)


def _name(who: PersonRef | None) -> str:
    return who.name if who is not None and who.name else "a colleague"
