"""The desk on the command line, for comms without chat. Each command returns what it prints."""

import functools
from collections.abc import Callable

import click

from desk.case import PENDING, Case, Status
from handlers import desk_printing, desk_published, desk_records
from handlers.desk_published import cited
from handlers.office import Office
from knowledge.errors import BadInput

REF = click.argument("ref")
TEXT = click.argument("text")


@click.option("--all", "statuses", flag_value="all", help="Also what is answered or closed.")
def listed(office: Office, statuses: str | None) -> tuple[Case, ...]:
    """The cases that wait, the most urgent first."""
    return office.desk.casework.listed(tuple(Status) if statuses else PENDING)


@REF
def show(office: Office, ref: str) -> Case:
    """A case with its ready draft and all that happened."""
    return office.desk.casework.show(ref)


@REF
def claim(office: Office, ref: str) -> Case:
    """Take a case, so that nobody else answers it."""
    return office.desk.casework.claim(ref, office.by)


@REF
def take_over(office: Office, ref: str) -> Case:
    """Take a case from whom it is with."""
    return office.desk.casework.take_over(ref, office.by)


@REF
def release(office: Office, ref: str) -> Case:
    """Give a case back, for somebody else to claim."""
    return office.desk.casework.release(ref, office.by)


@REF
@click.argument("text", required=False)
@click.option("--draft", is_flag=True, help="Send the ready draft as it is.")
@cited
def answer(office: Office, ref: str, text: str | None, draft: bool, cite: tuple[str, ...]) -> Case:
    """Send TEXT to all who asked."""
    if draft == (text is not None):
        raise BadInput("Give either the answer in quotes or --draft.")
    words = text if text is not None else office.desk.casework.show(ref).draft
    return office.desk.casework.answer(ref, office.by, words, office.quotes(cite))


@REF
@TEXT
@cited
def correct(office: Office, ref: str, text: str, cite: tuple[str, ...]) -> Case:
    """Replace the answer wherever it was delivered."""
    return office.desk.casework.correct(ref, office.by, text, office.quotes(cite))


@REF
@click.option("--reason", default="", help="Needed where there is no answer; the asker is told.")
def close(office: Office, ref: str, reason: str) -> Case:
    """Close a case."""
    return office.desk.casework.close(ref, office.by, reason)


@REF
def reopen(office: Office, ref: str) -> Case:
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
    "publish": desk_published.publish,
    "published": desk_published.published,
    "edit": desk_published.edit,
    "retire": desk_published.retire,
    "recheck": desk_published.recheck,
    "switch": desk_records.switch,
    "report": desk_records.report,
    "backlog": desk_records.backlog,
    "export": desk_records.export,
    "erase": desk_records.erase,
    "purge": desk_records.purge,
    "audit": desk_records.audit,
}

Command = Callable[..., None]


def desk_group(with_office: Callable[[Command], Command]) -> click.Group:
    """`with_office` hands a command its Office first."""
    group = click.Group("desk", help="Cases, published answers and records, for comms.")
    for name, step in COMMANDS.items():
        group.add_command(click.command(name)(with_office(_printed(step))))
    return group


def _printed(step: Callable[..., object]) -> Command:
    @click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
    @functools.wraps(step)
    def run(office: Office, as_json: bool, **given: object) -> None:
        outcome = step(office, **given)
        text = desk_printing.as_json(outcome) if as_json else desk_printing.as_text(outcome, office)
        click.echo(text, nl=not text.endswith("\n") and text != "")

    return run
