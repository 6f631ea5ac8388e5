"""Records on the command line: reports, switches, personal data, the log of changes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from desk.model.audit import Altered, Broken, Intact
from desk.model.backlog import Backlog, Undelivered
from desk.model.personal_data import PersonalFile
from desk.services.privacy import Deleted
from desk.services.report import Report
from desk.services.switches import Switch
from handlers.conversation.desk_link import LOCAL_ADDRESS, desk_link
from handlers.conversation.staff_context import StaffContext
from knowledge.errors import BadInput

MONTH = timedelta(days=30)
SWITCHES = {"hand-everything-over": Switch.HAND_EVERYTHING_OVER, "off": Switch.OFF}

PERSON = click.argument("person", metavar="PERSON")
DAY = click.DateTime(["%Y-%m-%d"])


@click.argument("name", type=click.Choice([*SWITCHES]), required=False)
@click.argument("state", type=click.Choice(["on", "off"]), required=False)
def switch(office: StaffContext, name: str | None, state: str | None) -> tuple[str, ...]:
    """Turn a switch on or off, and list those that are on."""
    switches = office.desk.switches
    if name is not None and state is not None:
        turn = switches.turn_on if state == "on" else switches.turn_off
        turn(SWITCHES[name], office.by)
    return tuple(f"On: {on}." for on in sorted(switches.on()))


@click.option("--since", type=DAY, metavar="YYYY-MM-DD", help="First day; by default 30 days ago.")
@click.option("--until", type=DAY, metavar="YYYY-MM-DD", help="Day after the last; by default now.")
@click.option("--plot", type=Path, metavar="PICTURE", help="Draw the figures into this file.")
def report(
    office: StaffContext, since: datetime | None, until: datetime | None, plot: Path | None
) -> Report:
    """Count questions by outcome, and list what the policies do not answer."""
    end = until.replace(tzinfo=UTC) if until else office.clock.now()
    start = since.replace(tzinfo=UTC) if since else end - MONTH
    figures = office.desk.reports.report(start, end, office.grouping())
    if plot is not None:
        from handlers.terminal.report_plot import draw  # noqa: PLC0415 -- matplotlib takes a second

        draw(figures, plot)
    return figures


@click.option("--address", default=LOCAL_ADDRESS, show_default=True, help="Where the bot listens.")
def link(office: StaffContext, address: str) -> str:
    """Print a link that opens the desk once, within a day, on this machine."""
    if office.public_address:
        raise BadInput(f"People sign in to the desk at {office.public_address}/desk.")
    return desk_link(office.desk.sign_ins, address)


def backlog(office: StaffContext) -> tuple[Backlog | Undelivered, ...]:
    """List messages that wait to be delivered or could not be."""
    return (office.desk.backlog(), *office.desk.undelivered())


@PERSON
def export(office: StaffContext, person: str) -> PersonalFile:
    """Print everything stored about PERSON, a key such as terminal:ann."""
    return office.desk.privacy.export(person, office.by)


@PERSON
@click.confirmation_option(prompt="Delete everything stored about this person?")
def erase(office: StaffContext, person: str) -> Deleted:
    """Delete everything stored about PERSON, a key such as terminal:ann."""
    return office.desk.privacy.erase(person, office.by)


def purge(office: StaffContext) -> Deleted:
    """Delete what has passed its retention period."""
    return office.desk.privacy.purge()


@click.option(
    "--verify", "how", flag_value="verify", help="Check that no entry is missing or altered."
)
def audit(office: StaffContext, how: str | None) -> str | Intact | Broken | Altered:
    """Print the log of changes as CSV."""
    return office.desk.verify_audit() if how else office.desk.audit_csv()
