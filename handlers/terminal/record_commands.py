"""The desk's records on the command line: figures, switches, personal data, the audit trail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from desk.model.audit import Altered, Broken, Intact
from desk.model.backlog import Backlog, Undelivered
from desk.model.personal_data import PersonalFile
from desk.services.privacy import Deleted
from desk.services.report import Report
from desk.services.switches import Switch
from handlers.conversation.staff_context import StaffContext

MONTH = timedelta(days=30)
SWITCHES = {"hand-everything-over": Switch.HAND_EVERYTHING_OVER, "off": Switch.OFF}

PERSON = click.argument("person", metavar="PERSON")
DAY = click.DateTime(["%Y-%m-%d"])


@click.argument("name", type=click.Choice([*SWITCHES]), required=False)
@click.argument("state", type=click.Choice(["on", "off"]), required=False)
def switch(office: StaffContext, name: str | None, state: str | None) -> tuple[str, ...]:
    """Turn a switch on or off for every replica at once; the names of those that are on."""
    switches = office.desk.switches
    if name is not None and state is not None:
        turn = switches.turn_on if state == "on" else switches.turn_off
        turn(SWITCHES[name], office.by)
    return tuple(f"On: {on}." for on in sorted(switches.on()))


@click.option("--since", type=DAY, help="First day; else the last 30 days.")
@click.option("--until", type=DAY, help="The day after the last; else now.")
@click.option("--plot", type=Path, help="Draw the figures into this file.")
def report(
    office: StaffContext, since: datetime | None, until: datetime | None, plot: Path | None
) -> Report:
    """How many questions, what became of them, and what the policy does not answer."""
    end = until.replace(tzinfo=UTC) if until else office.clock.now()
    start = since.replace(tzinfo=UTC) if since else end - MONTH
    figures = office.desk.reports.report(start, end, office.grouping())
    if plot is not None:
        from handlers.terminal.report_plot import draw  # noqa: PLC0415 -- matplotlib takes a second

        draw(figures, plot)
    return figures


def backlog(office: StaffContext) -> tuple[Backlog | Undelivered, ...]:
    """How many messages wait, and which were tried in vain or given up."""
    return (office.desk.backlog(), *office.desk.undelivered())


@PERSON
def export(office: StaffContext, person: str) -> PersonalFile:
    """Everything stored about PERSON (a key such as terminal:ann)."""
    return office.desk.privacy.export(person, office.by)


@PERSON
@click.confirmation_option(prompt="Delete all that this person said?")
def erase(office: StaffContext, person: str) -> Deleted:
    """Delete everything PERSON said, and who they are."""
    return office.desk.privacy.erase(person, office.by)


def purge(office: StaffContext) -> Deleted:
    """Delete what is older than the retention periods."""
    return office.desk.privacy.purge()


@click.option("--verify", "how", flag_value="verify", help="Check the seals instead.")
def audit(office: StaffContext, how: str | None) -> str | Intact | Broken | Altered:
    """The audit trail as CSV."""
    return office.desk.verify_audit() if how else office.desk.audit_csv()
