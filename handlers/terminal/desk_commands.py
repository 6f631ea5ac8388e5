"""The desk on the command line, for comms without chat. Each command returns what it prints."""

import functools
from collections.abc import Callable

import click

from desk.model.case import PENDING, Case, Status
from handlers.conversation import desk_output, publishing
from handlers.conversation.publishing import Correction
from handlers.conversation.staff_context import StaffContext
from handlers.terminal import publishing_commands, record_commands
from handlers.terminal.publishing_commands import cited
from knowledge.errors import BadInput

REF = click.argument("ref")
TEXT = click.argument("text")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.option("--all", "statuses", flag_value="all", help="Include answered and closed cases.")
def listed(office: StaffContext, statuses: str | None) -> tuple[Case, ...]:
    """List the cases that wait, the most urgent first."""
    return office.desk.casework.listed(tuple(Status) if statuses else PENDING)


@REF
def show(office: StaffContext, ref: str) -> Case:
    """Show a case with its draft answer and its history."""
    return office.desk.casework.show(ref)


@REF
def claim(office: StaffContext, ref: str) -> Case:
    """Take a case, so that nobody else answers it."""
    return office.desk.casework.claim(ref, office.by)


@REF
def take_over(office: StaffContext, ref: str) -> Case:
    """Take a case that a colleague has claimed."""
    return office.desk.casework.take_over(ref, office.by)


@REF
def release(office: StaffContext, ref: str) -> Case:
    """Unassign a case, so that a colleague can claim it."""
    return office.desk.casework.release(ref, office.by)


@REF
@click.argument("text", required=False)
@click.option("--draft", is_flag=True, help="Send the draft answer as it is.")
@cited
def answer(
    office: StaffContext, ref: str, text: str | None, draft: bool, cite: tuple[str, ...]
) -> Case:
    """Send TEXT to everybody who asked."""
    if draft == (text is not None):
        raise BadInput("Give either the answer in quotes or --draft.")
    words = text if text is not None else office.desk.casework.show(ref).draft
    return office.desk.casework.answer(ref, office.by, words, office.quotes(cite))


@REF
@TEXT
@cited
@click.option("--published", is_flag=True, help="Correct the published answer too.")
def correct(
    office: StaffContext, ref: str, text: str, cite: tuple[str, ...], published: bool
) -> Correction:
    """Replace an answer wherever it was delivered.

    An answer that was published from it is out of use until you correct it (with --published or
    `desk edit`) or confirm it (with `desk confirm`).
    """
    quotes = office.quotes(cite)
    return publishing.correct(office, ref, text, quotes, published_too=published)


@REF
@click.option("--reason", default="", help="Why there is no answer; the asker is told.")
def close(office: StaffContext, ref: str, reason: str) -> Case:
    """Close a case. Give a --reason if it was not answered."""
    return office.desk.casework.close(ref, office.by, reason)


@REF
def reopen(office: StaffContext, ref: str) -> Case:
    """Open an answered or closed case again."""
    return office.desk.casework.reopen(ref, office.by)


COMMANDS: dict[str, Callable[..., object]] = {
    "list": listed,
    "show": show,
    "claim": claim,
    "take-over": take_over,
    "release": release,
    "answer": answer,
    "correct": correct,
    "close": close,
    "reopen": reopen,
    "publish": publishing_commands.publish,
    "published": publishing_commands.published,
    "edit": publishing_commands.edit,
    "confirm": publishing_commands.confirm,
    "retire": publishing_commands.retire,
    "recheck": publishing_commands.recheck,
    "link": record_commands.link,
    "switch": record_commands.switch,
    "report": record_commands.report,
    "backlog": record_commands.backlog,
    "export": record_commands.export,
    "erase": record_commands.erase,
    "purge": record_commands.purge,
    "audit": record_commands.audit,
}

Command = Callable[..., None]


def desk_group(with_office: Callable[[Command], Command]) -> click.Group:
    """`with_office` passes a command the staff context as first argument."""
    group = click.Group("desk", help="Cases and published answers, for comms.")
    for name, step in COMMANDS.items():
        group.add_command(click.command(name)(with_office(_printed(step))))
    return group


def _printed(step: Callable[..., object]) -> Command:
    @functools.wraps(step)
    def run(office: StaffContext, as_json: bool, **given: object) -> None:
        outcome = step(office, **given)
        text = desk_output.as_json(outcome) if as_json else desk_output.as_text(outcome, office)
        click.echo(text, nl=not text.endswith("\n") and text != "")

    # `wraps` shares the list of options with `step`. A second group must not find --json there.
    vars(run)["__click_params__"] = list(vars(step).get("__click_params__", ()))
    return AS_JSON(run)
