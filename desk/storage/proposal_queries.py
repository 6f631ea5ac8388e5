"""Questions of people that have an answer from a policy, read where they are stored: no copy of
them is made before somebody takes one."""

from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import ColumnElement, String, cast, literal, select, true

from desk.model import transitions
from desk.model.case import Quote, Status, Step
from desk.model.masking import mask
from desk.model.question import Outcome, Verdict
from desk.model.taught_question import Proposal
from desk.storage import case_reader
from desk.storage.database import Transaction
from desk.storage.rows import as_quotes, row_number
from desk.storage.tables import cases, events, feedback, questions
from desk.storage.taught_question_table import is_open
from knowledge.policy import Role

_LOOKED_AT = 2000  # answers and confirmations, the latest: not every one cites this policy
_OVER = (Status.ANSWERED, Status.CLOSED)
_CASE, _QUESTION = "C-", "Q-"


def proposals(tx: Transaction, policy: str, at_most: int) -> tuple[Proposal, ...]:
    """Those that nobody has decided on, the latest first. A case whose words were deleted
    proposes nothing."""
    found = [
        *_answered_by_comms(tx, policy, at_most, true()),
        *_confirmed(tx, policy, at_most, true()),
    ]
    return tuple(sorted(found, key=lambda each: each.asked_at, reverse=True)[:at_most])


def proposal(tx: Transaction, policy: str, source: str) -> Proposal | None:
    """The one from this case or question, if it is open."""
    if source.startswith(_QUESTION):
        found = _confirmed(tx, policy, 1, questions.c.id == _number(source))
    else:
        number = row_number(transitions.case_id(source))
        found = _answered_by_comms(tx, policy, 1, cases.c.id == number)
    return next(iter(found), None)


def asked_in(tx: Transaction, source: str) -> tuple[int | None, int | None]:
    """The numbers of the case and of the question that a proposal came from, one of them None."""
    if source.startswith(_QUESTION):
        wanted = select(questions.c.id).where(questions.c.id == _number(source))
        return None, tx.connection.execute(wanted).scalar_one_or_none()
    case = case_reader.load(tx, transitions.case_id(source))
    return case.id, None


def _answered_by_comms(
    tx: Transaction, policy: str, at_most: int, which: ColumnElement[bool]
) -> Iterator[Proposal]:
    said = (Step.ANSWERED, Step.CORRECTED)
    wanted = (
        select(events.c.case_id, events.c.cited)
        .join(cases, cases.c.id == events.c.case_id)
        .where(events.c.step.in_(said), ~events.c.undone)
        .where(cases.c.status.in_(_OVER), cases.c.question != "")
        .where(is_open(policy, _source(_CASE, cases.c.id)), which)
        .order_by(events.c.id.desc())
        .limit(_LOOKED_AT)
    )
    latest: dict[int, tuple[str, ...]] = {}
    for row in tx.connection.execute(wanted):
        # The last answer of a case counts, as it was corrected.
        latest.setdefault(row.case_id, _quoted(as_quotes(row.cited), policy))
    numbers = [number for number, quoted in latest.items() if quoted][:at_most]
    for case in case_reader.load_all(tx, numbers):
        yield Proposal(
            case.ref,
            mask(case.question).text,
            case.role,
            tuple(mask(earlier).text for earlier in case.history[-1:]),
            latest[case.id],
            case.opened_at,
        )


def _confirmed(
    tx: Transaction, policy: str, at_most: int, which: ColumnElement[bool]
) -> Iterator[Proposal]:
    helped = (feedback.c.verdict == Verdict.HELPFUL) & (feedback.c.question_id == questions.c.id)
    wanted = (
        select(questions)
        .join(feedback, helped)
        .where(questions.c.outcome == Outcome.ANSWERED, questions.c.text != "")
        .where(is_open(policy, _source(_QUESTION, questions.c.id)), which)
        .order_by(questions.c.id.desc())
        .limit(_LOOKED_AT)
    )
    # The first citation is what the bot presented as the answer.
    rows = (
        (row, quoted)
        for row in tx.connection.execute(wanted)
        if (quoted := _quoted(as_quotes(row.cited[:1]), policy))
    )
    for row, quoted in islice(rows, at_most):
        yield Proposal(
            f"{_QUESTION}{row.id}",
            mask(row.text).text,
            Role(row.role),
            tuple(mask(earlier).text for earlier in row.history[-1:]),
            quoted,
            row.accepted_at,
        )


def _source(letter: str, number: ColumnElement[int]) -> ColumnElement[str]:
    return literal(letter, String) + cast(number, String)


def _quoted(quotes: Iterable[Quote], policy: str) -> tuple[str, ...]:
    return tuple(quote.text for quote in quotes if quote.policy == policy)


def _number(source: str) -> int:
    digits = source.removeprefix(_QUESTION)
    return int(digits) if digits.isdecimal() and len(digits) <= 18 else 0
