"""Published answers on the command line: publish, edit, confirm, retire."""

from datetime import datetime
from typing import TypedDict, Unpack

import click

from desk.model.precedent import (
    KEPT,
    Precedent,
    PrecedentState,
    Reviewed,
    ReviewStatus,
    cited_clauses,
    stale_reasons,
)
from handlers.conversation import publishing
from handlers.conversation.staff_context import StaffContext
from knowledge.errors import BadInput

cited = click.option(
    "--cite", multiple=True, metavar="SECTION", help="A clause to cite: 4(c), or POLICY:4(c)."
)
PUBLISHED = click.argument("ref", metavar="P-NUMBER")
DAY = click.DateTime(["%Y-%m-%d"])


class Review(TypedDict):
    question: str
    text: str
    owner: str
    review_by: datetime | None
    cite: tuple[str, ...]


@click.argument("ref")
@click.option(
    "--question", default="", help="The question it answers; by default that of the case."
)
@click.option("--text", default="", help="The reviewed answer; by default the one sent.")
@click.option("--owner", default=publishing.OWNER, help="Who is responsible for it.")
@click.option(
    "--review-by",
    type=DAY,
    metavar="YYYY-MM-DD",
    help="Last day it may be used; by default a year from now.",
)
@cited
def publish(office: StaffContext, ref: str, **review: Unpack[Review]) -> Precedent:
    """Show the answer of a case to the next person who asks the same."""
    case = office.desk.casework.show(ref)
    proposed = publishing.proposed(office, case)
    reviewed = Reviewed(
        question=review["question"] or proposed.question,
        text=review["text"] or proposed.text,
        cited=office.interpreted(case, review["cite"]),
        owner=review["owner"],
        review_by=review["review_by"].date() if review["review_by"] else proposed.review_by,
    )
    return publishing.publish(office, ref, reviewed)


@PUBLISHED
@click.option("--question", default="", help="The question it answers.")
@click.option("--text", default="", help="The reviewed answer.")
@click.option("--owner", default="", help="Who is responsible for it.")
@click.option("--review-by", type=DAY, metavar="YYYY-MM-DD", help="Last day it may be used.")
@cited
def edit(office: StaffContext, ref: str, **review: Unpack[Review]) -> ReviewStatus:
    """Change a published answer. What you leave out stays as it is.

    An answer that is out of use comes back: after a change of the policy, read the clause again
    and name it with --cite; after its review date, give a new one with --review-by.
    """
    if not any(review.values()):
        raise BadInput(f"Say what to change in {ref}: see --help.")
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
        edited, stale_reasons(edited, cited_clauses(office.policies()), office.today)
    )


@PUBLISHED
def confirm(office: StaffContext, ref: str) -> Precedent:
    """Use a published answer again as it is, after the answer of its case was corrected."""
    return office.desk.publishing.confirm(ref, office.by)


@PUBLISHED
def retire(office: StaffContext, ref: str) -> Precedent:
    """Stop using a published answer, for good."""
    return office.desk.publishing.retire(ref, office.by)


@click.option("--all", "states", flag_value="all", help="Include retired ones.")
def published(office: StaffContext, states: str | None) -> tuple[ReviewStatus, ...]:
    """List the published answers, their owners, and which are out of use and why."""
    wanted = tuple(PrecedentState) if states else KEPT
    return office.desk.publishing.checked(wanted, office.policies(), office.today)


def recheck(office: StaffContext) -> tuple[ReviewStatus, ...]:
    """List the published answers that are out of use until somebody checks them."""
    return office.desk.publishing.to_recheck(office.policies(), office.today)
