"""Published answers on the command line: from a case, for the next asker, until retired."""

from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

import click

from desk.model.case import Step
from desk.model.precedent import (
    Precedent,
    PrecedentState,
    Reviewed,
    ReviewStatus,
    cited_clauses,
    stale_reasons,
)
from handlers.conversation.staff_context import StaffContext
from knowledge.errors import BadInput

YEAR = timedelta(days=365)
SAYING = (Step.ANSWERED, Step.CORRECTED)
IN_USE = (PrecedentState.PUBLISHED,)

cited = click.option("--cite", multiple=True, metavar="SECTION", help="4(c), or POLICY:4(c).")
PUBLISHED = click.argument("ref", metavar="P-NUMBER")
DAY = click.DateTime(["%Y-%m-%d"])


class Review(TypedDict):
    question: str
    text: str
    owner: str
    review_by: datetime | None
    cite: tuple[str, ...]


@click.argument("ref")
@click.option("--question", default="", help="What it answers; else as comms saw the question.")
@click.option("--text", default="", help="The reviewed answer; else the last one sent.")
@click.option("--owner", default="Communications", help="Who answers for it.")
@click.option("--review-by", type=DAY, help="Last day of its use.")
@cited
def publish(office: StaffContext, ref: str, **review: Unpack[Review]) -> Precedent:
    """Let the answer of a case serve the next asker; it interprets the clauses it cites."""
    case = office.desk.casework.show(ref)
    said = [event.text for event in case.events if event.step in SAYING]
    last_day = review["review_by"] or office.clock.now() + YEAR
    reviewed = Reviewed(
        question=review["question"] or case.question,
        text=review["text"] or "".join(said[-1:]),
        cited=office.interpreted(case, review["cite"]),
        owner=review["owner"],
        review_by=last_day.date(),
    )
    return office.desk.publishing.publish(ref, office.by, reviewed)


@PUBLISHED
@click.option("--question", default="", help="What it answers.")
@click.option("--text", default="", help="The reviewed answer.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--review-by", type=DAY, help="Last day of its use.")
@cited
def edit(office: StaffContext, ref: str, **review: Unpack[Review]) -> ReviewStatus:
    """Change a published answer; what is not given stays.

    A clause that changed is named with --cite once it was read again, and a date that passed is
    set anew with --review-by: so an answer comes back into use.
    """
    if not any(review.values()):
        raise BadInput(f"Say what is to change of {ref}: see --help.")
    stands = office.desk.publishing.show(ref)
    reviewed = Reviewed(
        question=review["question"] or stands.question,
        text=review["text"] or stands.text,
        cited=office.cited_anew(review["cite"]) or stands.cited,
        owner=review["owner"] or stands.owner,
        review_by=review["review_by"].date() if review["review_by"] else stands.review_by,
    )
    edited = office.desk.publishing.edit(ref, office.by, reviewed)
    return ReviewStatus(
        edited, stale_reasons(edited, cited_clauses(office.policies()), today(office))
    )


@PUBLISHED
def retire(office: StaffContext, ref: str) -> Precedent:
    """Take a published answer out of use for good."""
    return office.desk.publishing.retire(ref, office.by)


@click.option("--all", "states", flag_value="all", help="Also the retired ones.")
def published(office: StaffContext, states: str | None) -> tuple[ReviewStatus, ...]:
    """The published answers, whose they are, and which are in doubt and out of use."""
    wanted = tuple(PrecedentState) if states else IN_USE
    return office.desk.publishing.checked(wanted, office.policies(), today(office))


def recheck(office: StaffContext) -> tuple[ReviewStatus, ...]:
    """Published answers out of use: a clause changed, or the review date passed."""
    return office.desk.publishing.to_recheck(office.policies(), today(office))


def today(office: StaffContext) -> date:
    return office.clock.now().astimezone(office.desk.hours.zone).date()
