"""What the commands of comms return, as text in a terminal and as JSON for programs."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from desk.model.audit import Altered, Broken, Intact
from desk.model.backlog import Backlog, Undelivered
from desk.model.case import Case
from desk.model.people import PersonRef
from desk.model.precedent import Precedent, ReviewStatus
from desk.services.privacy import Deleted
from desk.services.report import Report
from handlers.conversation.case_text import (
    backlog_line,
    in_full,
    in_short,
    published,
    records_line,
    report_lines,
    undelivered_line,
)
from handlers.conversation.publishing import Correction, correction_line
from handlers.conversation.staff_context import StaffContext

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NONE = "There are none."
_PERSON = {field.name for field in fields(PersonRef)}


def as_json(outcome: object) -> str:
    """One line; several things are a line each."""
    return "\n".join(map(_json, outcome)) if isinstance(outcome, tuple) else _json(outcome)


def as_text(outcome: object, office: StaffContext) -> str:
    if isinstance(outcome, tuple):
        return "\n".join(_in_short(each, office) for each in outcome) or NONE
    if isinstance(outcome, Case):
        return in_full(outcome, office.desk.hours, office.clock.now())
    if isinstance(outcome, Correction):
        case = in_full(outcome.case, office.desk.hours, office.clock.now())
        return "\n".join([case, *filter(None, [correction_line(outcome)])])
    return _in_short(outcome, office)


def _in_short(thing: object, office: StaffContext) -> str:
    hours = office.desk.hours
    match thing:
        case Case():
            text = in_short(thing, hours, office.clock.now())
        case Report():
            text = report_lines(thing)
        case Precedent() | ReviewStatus():
            text = published(thing)
        case Backlog():
            text = backlog_line(thing, hours)
        case Undelivered():
            text = undelivered_line(thing, hours)
        case Deleted() | Intact() | Broken() | Altered():
            text = records_line(thing)
        case _:
            text = _json(thing)
    return text


def _json(thing: object) -> str:
    if isinstance(thing, str):
        return thing
    content = _fields(thing) if is_dataclass(thing) and not isinstance(thing, type) else thing
    return json.dumps(content, default=_plain, ensure_ascii=False)


def _fields(thing: "DataclassInstance") -> dict[str, object]:
    match thing:
        case Correction(case=case, also_corrected=corrected, withheld=withheld):
            refs = {"also_corrected": _refs(corrected), "withheld": _refs(withheld)}
            return _fields(case) | refs
        case ReviewStatus(precedent=precedent):
            return {"ref": precedent.ref} | asdict(thing, dict_factory=_without_ids)
        case Case() | Precedent():
            return {"ref": thing.ref} | asdict(thing, dict_factory=_without_ids)
        case _:
            return asdict(thing, dict_factory=_without_ids)


def _without_ids(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A person by name alone: their id would link what they asked unnamed."""
    named = dict(pairs)
    return {"name": named["name"]} if named.keys() == _PERSON else named


def _refs(precedents: Iterable[Precedent]) -> list[str]:
    return [each.ref for each in precedents]


def _plain(value: object) -> str | float:
    match value:
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case _:
            return str(value)
