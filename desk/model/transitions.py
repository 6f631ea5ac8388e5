"""Which step of a case is allowed, and to whom. Each `may_` function returns, or raises a Refused
whose sentence says why not."""

import re
from collections.abc import Collection

from desk.model.case import PENDING, Asker, Case, Event, Status, Step
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
    """The number of a case from its reference, "C-12" or "12". Raises NoSuchCase."""
    match = re.fullmatch(r"(?:C-)?([0-9]{1,18})", ref.strip(), re.IGNORECASE)
    if match is None:
        raise NoSuchCase(f"{ref[:40]!r} is no case: a reference looks like C-12.")
    return int(match[1])


def is_unchanged(case: Case, expected_version: int | None) -> None:
    """Raises Overtaken where the colleague looked at another version; None asks for none."""
    if expected_version not in (None, case.version):
        raise Overtaken(f"{case.ref} has changed since you opened it. Nothing was sent.")


def is_repeated(
    case: Case, expected_version: int | None, by: PersonRef, step: Step, said: str
) -> bool:
    """Whether this very step was taken since the version that the colleague looked at: a form was
    sent twice."""
    if expected_version is None:
        return False
    return any(
        (event.step, event.person.id, event.text) == (step, by.id, said) and not event.undone
        for event in case.events
        if event.id > expected_version
    )


def may_claim(case: Case, by: PersonRef) -> None:
    _must_be_pending(case, "claimed")
    if _with_another(case, by):
        raise AlreadyClaimed(f"{case.ref} is already with {_name(case.holder)}.")


def may_take_over(case: Case) -> None:
    _must_be_pending(case, "taken over")


def may_assign(case: Case) -> None:
    _must_be_pending(case, "assigned")


def may_release(case: Case, by: PersonRef) -> None:
    if case.status is not Status.CLAIMED:
        raise WrongStep(f"{case.ref} is {case.status}: nobody holds it.")
    if _with_another(case, by):
        raise AlreadyClaimed(f"{case.ref} is with {_name(case.holder)}, not with you.")


def may_answer(case: Case, by: PersonRef) -> None:
    if case.status is Status.ANSWERED:
        last = case.answers[-1]
        raise AlreadyAnswered(
            f"{case.ref} was already answered by {_name(last.person)}. "
            "Correct that answer, or reopen the case."
        )
    _must_be_pending(case, "answered")
    if _with_another(case, by):
        raise AlreadyClaimed(f"{case.ref} is with {_name(case.holder)}. Take it over first.")


def may_undo(case: Case, expected_version: int | None) -> Event:
    """The answer that was given last, as long as nothing has happened since."""
    last = case.events[-1]
    if last.step is Step.UNDONE:
        raise WrongStep(f"The answer to {case.ref} was undone already.")
    if last.step is not Step.ANSWERED or expected_version not in (None, case.version):
        raise WrongStep(
            f"{case.ref} has changed since it was answered. Correct the answer instead."
        )
    return last


def may_correct(case: Case) -> Event:
    """The answer that a correction corrects: the last one."""
    if not case.answers:
        raise WrongStep(f"{case.ref} has no answer yet that could be corrected.")
    return case.answers[-1]


def may_close(case: Case, reason: str) -> None:
    if case.status in (Status.CLOSED, Status.WITHDRAWN):
        raise WrongStep(f"{case.ref} is {case.status} already.")
    if case.status is not Status.ANSWERED and not reason:
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


def may_note(case: Case) -> None:
    """What comes after the deletion of a case's words would not be deleted with them."""
    if not case.question:
        raise WrongStep(f"The words of {case.ref} were deleted, so it takes no notes.")


def asker_in(case: Case, pseudonyms: Collection[str]) -> Asker:
    """The asker with one of these pseudonyms, the latest one. Raises NotYours."""
    mine = [asker for asker in case.askers if asker.person.id in pseudonyms]
    if not mine:
        raise NotYours(f"{case.ref} is not your question.")
    return mine[-1]


def may_change(case: Case) -> None:
    if case.answers:
        raise AlreadyAnswered(
            f"{case.ref} was answered by {_name(case.answers[-1].person)} before you changed it. "
            "Write again if the answer does not fit."
        )
    _must_be_pending(case, "changed")


def _must_be_pending(case: Case, verb: str) -> None:
    if case.status is Status.ANSWERED:
        raise AlreadyAnswered(
            f"{case.ref} was already answered by {_name(case.answers[-1].person)}."
        )
    if case.status not in PENDING:
        raise WrongStep(f"{case.ref} is {case.status} and cannot be {verb}.")


def _with_another(case: Case, by: PersonRef) -> bool:
    # By id: the colleague may have had another name when they claimed the case.
    return case.status is Status.CLAIMED and (case.holder is None or case.holder.id != by.id)


def _name(person: PersonRef | None) -> str:
    return person.name if person is not None and person.name else "a colleague"
