"""Reads published answers from a CSV file, as a spreadsheet writes it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desk.model.precedent import (
    CitedClause,
    Precedent,
    PublicationKey,
    Reviewed,
    cite,
    publication_key,
)
from desk.model.text import LONGEST_TEXT
from desk.services.publishing import ALREADY
from handlers.conversation.publishing import LONGEST_OWNER, OWNER, REVIEW_AFTER
from knowledge.errors import BadInput
from knowledge.policy import Clause, Policy

MOST_ROWS = 500
NEEDED = ("question", "answer", "clauses")
COLUMNS = (*NEEDED, "policy", "owner", "review by")
DATES = ("%Y-%m-%d", "%d/%m/%Y")

NO_TEXT = "This is not a CSV file. Save the spreadsheet as CSV and upload that."
NO_COLUMN = "The first row has no column “{name}”. It needs question, answer and clauses."
NO_ROWS = "The file has no answers below its first row."
TOO_MANY = f"The file has more than {MOST_ROWS} answers. Split it."
MORE_CELLS = "it has more cells than the first row. Put quotation marks around a text with commas."
EMPTY = "the column “{name}” is empty."
LONG = "the {name} has more than {longest:,} characters."
NO_POLICY = "there is no policy “{policy}”."
NO_CLAUSE = "there is no section {section} in {policy}. Write sections like 4(c); 6.2."
WHICH_POLICY = "several policies have a section {section}. Add a column “policy”."
BAD_DATE = "“{text}” is not a date. Write it like 2027-11-23 or 23/11/2027."
PAST = "the review date {text} is not in the future."
TWICE = "row {row} has the same question and clauses."


@dataclass(frozen=True, slots=True)
class CheckedAnswers:
    """`problems` has one clear sentence for each bad row; with any, nothing may be published."""

    answers: tuple[Reviewed, ...]
    problems: tuple[str, ...]


class _BadRow(Exception):
    """The text says what is wrong with a row."""


@dataclass(frozen=True)
class AnswerReader:
    """`published` are the published answers. One with the same words may come again."""

    policies: Sequence[Policy]
    published: Mapping[PublicationKey, Precedent]
    today: date

    def read(self, content: bytes) -> CheckedAnswers:
        """Raises BadInput where the file as a whole cannot be read."""
        answers: list[Reviewed] = []
        problems: list[str] = []
        seen: dict[PublicationKey, int] = {}
        for number, row in enumerate(_rows(content), start=2):
            if not any(row.values()):
                continue
            try:
                answer = self._answer(row)
                _check_is_new(answer, seen)
            except _BadRow as bad:
                problems.append(f"Row {number}: {bad}")
                continue
            seen[publication_key(answer)] = number
            answers.append(answer)
        if not answers and not problems:
            raise BadInput(NO_ROWS)
        return CheckedAnswers(tuple(answers), tuple(problems))

    def _answer(self, row: Mapping[str, str]) -> Reviewed:
        question, answer = _words(row, "question"), _words(row, "answer")
        owner = row.get("owner", "") or OWNER
        if len(owner) > LONGEST_OWNER:
            raise _BadRow(LONG.format(name="owner", longest=LONGEST_OWNER))
        read = Reviewed(question, answer, self._cited(row), owner, self._review_by(row))
        known = self.published.get(publication_key(read))
        if known and not known.is_published_as(read):
            raise _BadRow(ALREADY.format(ref=known.ref))
        return read

    def _cited(self, row: Mapping[str, str]) -> tuple[CitedClause, ...]:
        sections = [part.strip() for part in _words(row, "clauses").split(";")]
        policies = self._meant(row.get("policy", ""))
        return tuple(
            cite(policy, clause)
            for section in dict.fromkeys(sections)
            if section
            for policy, clause in _clauses(policies, section)
        )

    def _meant(self, named: str) -> tuple[Policy, ...]:
        if not named:
            return tuple(self.policies)
        found = tuple(each for each in self.policies if _is_named(each, named))
        if not found:
            raise _BadRow(NO_POLICY.format(policy=named))
        return found

    def _review_by(self, row: Mapping[str, str]) -> date:
        text = row.get("review by", "")
        day = _day(text) if text else self.today + REVIEW_AFTER
        if day <= self.today:
            raise _BadRow(PAST.format(text=text))
        return day


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    """The cells of each row by the name of their column. A row with more cells than the first
    one has a cell without a name."""
    text = _decoded(content)
    separator = ";" if ";" in text.partition("\n")[0] else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        raise BadInput(NO_TEXT) from None
    head = [name.strip().casefold() for name in rows[0]] if rows else []
    for name in NEEDED:
        if name not in head:
            raise BadInput(NO_COLUMN.format(name=name))
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if len(filled) > MOST_ROWS:
        raise BadInput(TOO_MANY)
    for row in rows[1:]:
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        yield cells | {"": "more"} if any(row[len(head) :]) else cells


def _decoded(content: bytes) -> str:
    """Spreadsheets write UTF-8, or Windows' own characters."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(NO_TEXT)


def _words(row: Mapping[str, str], name: str) -> str:
    if "" in row:
        raise _BadRow(MORE_CELLS)
    text = row.get(name, "")
    if not text:
        raise _BadRow(EMPTY.format(name=name))
    if len(text) > LONGEST_TEXT:
        raise _BadRow(LONG.format(name=name, longest=LONGEST_TEXT))
    return text


def _clauses(policies: Sequence[Policy], section: str) -> list[tuple[Policy, Clause]]:
    found = [
        (policy, clause)
        for policy in policies
        for clause in policy.clauses
        if clause.section == section
    ]
    if not found:
        named = policies[0].title if len(policies) == 1 else "any policy"
        raise _BadRow(NO_CLAUSE.format(section=section, policy=named))
    if len({policy.name for policy, _ in found}) > 1:
        raise _BadRow(WHICH_POLICY.format(section=section))
    return found


def _is_named(policy: Policy, name: str) -> bool:
    return name.casefold() in (policy.name.casefold(), policy.title.casefold())


def _day(text: str) -> date:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    raise _BadRow(BAD_DATE.format(text=text[:40]))


def _check_is_new(answer: Reviewed, seen: Mapping[PublicationKey, int]) -> None:
    row = seen.get(publication_key(answer))
    if row is not None:
        raise _BadRow(TWICE.format(row=row))
