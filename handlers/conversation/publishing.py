"""Publishing the answer of a case for the next asker, the same way on every surface."""

from dataclasses import dataclass
from datetime import date, timedelta

from desk.model.case import Case, Quote
from desk.model.errors import DeskError
from desk.model.precedent import Precedent, Reviewed
from handlers.conversation.staff_context import StaffContext
from knowledge.errors import BadInput

OWNER = "Communications"
REVIEW_AFTER = timedelta(days=365)
LONGEST_OWNER = 200  # characters that the database keeps
CORRECT_PUBLISHED_TOO = "Also correct the published answer {refs}"
"""The label of the choice on the form that corrects the answer of a published case."""
ALSO_CORRECTED = "{refs} now gives the corrected answer."
WITHHELD = "{refs} is out of use until you correct it or confirm that it still holds."
NOT_A_DAY = "{text!r} is not a date: write it like 2027-11-23."


@dataclass(frozen=True, slots=True)
class Correction:
    """`also_corrected` are the published answers that now say the same, `withheld` those out of
    use until a colleague corrects or confirms them."""

    case: Case
    also_corrected: tuple[Precedent, ...]
    withheld: tuple[Precedent, ...]


def proposed(office: StaffContext, case: Case) -> Reviewed:
    """What a form for publishing holds at first; a colleague reviews it before it is published."""
    return Reviewed(
        question=case.question,
        text=case.last_answer.text if case.last_answer else "",
        cited=office.interpreted(case, ()),
        owner=OWNER,
        review_by=office.today + REVIEW_AFTER,
    )


def publish(
    office: StaffContext,
    case_ref: str,
    reviewed: Reviewed,
    *,
    expected_version: int | None = None,
) -> Precedent:
    """`expected_version`: of the case as the colleague saw it. Raises BadInput, NotPublishable,
    Overtaken, or WrongStep for a case without an answer."""
    check_owner(reviewed.owner)
    return office.desk.publishing.publish(
        case_ref, office.by, reviewed, expected_version=expected_version
    )


def check_owner(owner: str) -> None:
    """Raises BadInput for one that is too long."""
    if len(owner) > LONGEST_OWNER:
        raise BadInput(f"The owner can have at most {LONGEST_OWNER} characters.")


def correct(
    office: StaffContext,
    case_ref: str,
    text: str,
    cited: tuple[Quote, ...] = (),
    *,
    published_too: bool,
) -> Correction:
    """Correct the answer of a case, and what was published from it if the colleague wishes."""
    case = office.desk.casework.correct(case_ref, office.by, text, cited)
    return after_correction(office, case, published_too=published_too)


def after_correction(office: StaffContext, case: Case, *, published_too: bool) -> Correction:
    """What happens to the answers published from a case that was just corrected.

    From the moment of the correction they are out of use, until they are corrected too. They stay
    so where they cannot take the new text, for example because their review date has passed.
    """
    answer, corrected = case.last_answer, []
    text, cited = (answer.text, answer.cited) if answer else ("", ())
    for withheld in office.desk.publishing.of_case(case.ref) if published_too else ():
        try:
            edited = _with_text(office, withheld, text, cited)
            corrected.append(office.desk.publishing.edit(withheld.ref, office.by, edited))
        except DeskError:
            continue
    refs = {each.ref for each in corrected}
    left = tuple(each for each in office.desk.publishing.of_case(case.ref) if each.ref not in refs)
    return Correction(case, tuple(corrected), left)


def correction_line(correction: Correction) -> str:
    """What a colleague is told beside the corrected case; empty where nothing was published."""
    lines = []
    if correction.also_corrected:
        lines.append(ALSO_CORRECTED.format(refs=refs_of(correction.also_corrected)))
    if correction.withheld:
        lines.append(WITHHELD.format(refs=refs_of(correction.withheld)))
    return "\n".join(lines)


def refs_of(precedents: tuple[Precedent, ...]) -> str:
    return ", ".join(each.ref for each in precedents)


def day(text: str) -> date:
    """Raises BadInput."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(NOT_A_DAY.format(text=text)) from None


def _with_text(
    office: StaffContext, published: Precedent, text: str, cited: tuple[Quote, ...]
) -> Reviewed:
    """Where the correction cites clauses, the published answer interprets those instead."""
    return Reviewed(
        question=published.question,
        text=text,
        cited=office.interpreting(cited) or published.cited,
        owner=published.owner,
        review_by=published.review_by,
    )
