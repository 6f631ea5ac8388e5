"""What only an owner does: switch the bot, export records, and delete a person's data."""

import asyncio
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import Refused
from desk.model.sign_in import SignedIn
from desk.services.report import Report
from desk.services.switches import Switch
from handlers.conversation.desk_output import as_json
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner, reader
from handlers.web.desk.downloads import csv_text, download
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.periods import PERIODS, period_of, report_of
from handlers.web.forms import form_of
from knowledge.errors import BadInput

SWITCHES, RECORDS = "/desk/switches", "/desk/records"
CONFIRM = "Type the person’s key twice: you cannot undo this."
NO_SUCH_SWITCH = "There is no such switch."
LONGEST_REFERENCE = 40
NOTHING = "nothing"
REFERENCE = re.compile(r"(?:(?P<kind>[cpq])-?)?(?P<number>[0-9]{1,18})", re.IGNORECASE)
PLACES = {"C": "/desk/cases", "P": "/desk/published", "Q": "/desk/conversations"}
NO_KEY = "Enter the person’s key, such as slack:T1/U42."


class RecordPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._desk = services.desk

    def register(self, app: web.Application) -> None:
        app.router.add_get(SWITCHES, self._switches)
        app.router.add_get(f"{SWITCHES}/confirm", self._confirm)
        app.router.add_post(SWITCHES, self._switch)
        app.router.add_get(RECORDS, self._records)
        app.router.add_get(f"{RECORDS}/find", self._find)
        app.router.add_get(f"{RECORDS}/audit.csv", self._audit)
        app.router.add_get(f"{RECORDS}/report.csv", self._report_csv)
        app.router.add_get(f"{RECORDS}/report.json", self._report_json)
        app.router.add_post(f"{RECORDS}/person", self._person)
        app.router.add_post(f"{RECORDS}/erase", self._erase)

    async def _switches(self, request: web.Request) -> web.Response:
        return await self._page.show(request, reader(request), "desk/switches.html")

    async def _confirm(self, request: web.Request) -> web.Response:
        """Before a switch is turned on, which everybody who asks will notice."""
        me, wanted = owner(request), request.query.get("switch", "")
        chosen = next((each for each in self._page.wording.switches if each.switch == wanted), None)
        if chosen is None:
            raise BadInput(NO_SUCH_SWITCH)
        return await self._page.show(request, me, "desk/switch.html", chosen=chosen)

    async def _switch(self, request: web.Request) -> web.Response:
        me, form = owner(request), await form_of(request)
        switches = self._desk.switches
        turn = switches.turn_on if form.text("state") == "on" else switches.turn_off
        wanted = next((each for each in Switch if each == form.text("switch")), None)
        if wanted is None:
            raise BadInput(NO_SUCH_SWITCH)
        await asyncio.to_thread(turn, wanted, me.person)
        return redirect_to(SWITCHES)

    async def _find(self, request: web.Request) -> web.Response:
        """The page of a reference that an asker or the log names."""
        me, ref = owner(request), request.query.get("ref", "").strip()[:LONGEST_REFERENCE]
        path = path_of(ref)
        exists = await asyncio.to_thread(self._exists, path)
        if exists:
            return redirect_to(path)
        return await self._listed(request, me, not_found=ref or NOTHING)

    def _exists(self, path: str) -> bool:
        if not path:
            return False
        ref = path.rpartition("/")[2]
        find: dict[str, Callable[[str], object]] = {
            "C": self._desk.casework.show,
            "P": self._desk.publishing.show,
            "Q": lambda ref: self._desk.asked_questions.show(int(ref[2:])),
        }
        try:
            find[ref[0]](ref)
        except Refused:
            return False
        return True

    async def _records(self, request: web.Request) -> web.Response:
        return await self._listed(request, owner(request))

    async def _listed(
        self, request: web.Request, me: SignedIn, not_found: str = ""
    ) -> web.Response:
        audit = await asyncio.to_thread(self._desk.verify_audit)
        return await self._page.show(
            request,
            me,
            "desk/records.html",
            HTTPStatus.NOT_FOUND if not_found else HTTPStatus.OK,
            audit=audit,
            periods=PERIODS,
            not_found=not_found,
            erased=request.query.get("erased", "") == "yes",
            not_cleaned=request.query.get("later", "") == "yes",
            to_check=request.query.get("check", "") == "yes",
        )

    async def _audit(self, request: web.Request) -> web.Response:
        owner(request)
        return download(await asyncio.to_thread(self._desk.audit_csv), "audit.csv")

    async def _report_csv(self, request: web.Request) -> web.Response:
        owner(request)
        report = await asyncio.to_thread(report_of, self._services, period_of(request))
        return download(report_csv(report), "report.csv")

    async def _report_json(self, request: web.Request) -> web.Response:
        owner(request)
        report = await asyncio.to_thread(report_of, self._services, period_of(request))
        return download(as_json(report), "report.json")

    async def _person(self, request: web.Request) -> web.Response:
        """By a form, so that no log of addresses holds the key of a person."""
        me, key = owner(request), (await form_of(request)).text("key")
        if not key:
            raise BadInput(NO_KEY)
        found = await asyncio.to_thread(self._desk.privacy.export, key, me.person)
        return download(as_json(found), "person.json")

    async def _erase(self, request: web.Request) -> web.Response:
        me, form = owner(request), await form_of(request)
        if not form.text("key") or form.text("key") != form.text("again"):
            raise BadInput(CONFIRM)
        deleted = await asyncio.to_thread(self._desk.privacy.erase, form.text("key"), me.person)
        later = "" if deleted.cleaned else "&later=yes"
        check = "&check=yes" if deleted.to_check else ""
        return redirect_to(f"{RECORDS}?erased=yes{later}{check}")


def path_of(ref: str) -> str:
    """Of the page of this reference: "C-12", "P-3", "Q-40", or "12" for a case. Empty for what is
    no reference."""
    match = REFERENCE.fullmatch(ref)
    if match is None:
        return ""
    kind = (match["kind"] or "C").upper()
    return f"{PLACES[kind]}/{kind}-{match['number']}"


def report_csv(report: Report) -> str:
    return csv_text(("figure", "name", "number"), _rows(report))


def _rows(report: Report) -> Iterator[tuple[str, str, float]]:
    yield "questions", "", report.questions
    for outcome, number in report.outcomes:
        yield "outcome", outcome, number
    for reason, number in report.handed_over:
        yield "handed over", reason, number
    for verdict, number in report.verdicts:
        yield "verdict", verdict, number
    yield "cases", "", report.cases
    yield "cases answered", "", report.cases_answered
    if report.median_wait is not None:
        yield "median wait", "seconds", report.median_wait.total_seconds()
    for cited in report.most_cited:
        yield "cited", f"{cited.policy} {cited.section} {cited.heading}".strip(), cited.times
    for gap in report.gaps:
        yield "gap", gap.questions[0], gap.askers
