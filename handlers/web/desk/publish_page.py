"""Publishing answers that no case asked for: one by a form, or many from a CSV file."""

import asyncio
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.precedent import publication_key
from desk.model.sign_in import SignedIn
from handlers.conversation.published_import import COLUMNS, AnswerReader, CheckedAnswers
from handlers.conversation.publishing import OWNER, REVIEW_AFTER, check_owner
from handlers.conversation.services import Services
from handlers.web.auth.permissions import worker
from handlers.web.desk.case_form import CaseForm, case_form
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.downloads import csv_text, download
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.published_page import LIST
from handlers.web.forms import form_of, uploaded_file
from knowledge.errors import BadInput

NEW, IMPORT = f"{LIST}/new", f"{LIST}/import"
NO_FILE = "Choose a CSV file to upload."
EXAMPLE = (
    "May we share a charity's post?",
    "Yes, if it is not about a campaign for an election.",
    "4(c); 6.2",
    "",
    OWNER,
    "",
)


class PublishPage:
    """Registered before the pages of single published answers, whose addresses are like these."""

    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._publishing = services.desk.publishing

    def register(self, app: web.Application) -> None:
        app.router.add_get(NEW, self._empty)
        app.router.add_post(NEW, self._add)
        app.router.add_get(IMPORT, self._import)
        app.router.add_post(IMPORT, self._take)
        app.router.add_get(f"{IMPORT}/example.csv", self._example)

    async def _empty(self, request: web.Request) -> web.Response:
        me = worker(request)
        review_by = self._services.office(me.person).today + REVIEW_AFTER
        form = CaseForm(since=0, text="", owner=OWNER, review_by=review_by.isoformat())
        return await self._form(request, me, form)

    async def _add(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        try:
            ref = await asyncio.to_thread(self._added, form, me.person)
        except (DeskError, BadInput) as refusal:
            return await self._form(request, me, form, str(refusal))
        return redirect_to(f"{LIST}?added={ref}")

    def _added(self, form: CaseForm, by: Person) -> str:
        reviewed = form.reviewed(Clauses(self._services.policies))
        check_owner(reviewed.owner)
        (published,) = self._publishing.add([reviewed], by)
        return published.ref

    async def _form(
        self, request: web.Request, me: SignedIn, form: CaseForm, refusal: str = ""
    ) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/publish.html",
            HTTPStatus.CONFLICT if refusal else HTTPStatus.OK,
            form=form,
            refusal=refusal,
            clauses=Clauses(self._services.policies),
        )

    async def _import(self, request: web.Request) -> web.Response:
        return await self._imported(request, worker(request))

    async def _take(self, request: web.Request) -> web.Response:
        me = worker(request)
        await form_of(request)
        file = await uploaded_file(request)
        try:
            checked = await asyncio.to_thread(self._taken, file.content, me.person)
        except (DeskError, BadInput) as refused:
            return await self._imported(request, me, refusal=str(refused))
        if checked.problems:
            return await self._imported(request, me, checked)
        return redirect_to(f"{LIST}?added={len(checked.answers)}")

    def _taken(self, content: bytes, by: Person) -> CheckedAnswers:
        if not content:
            raise BadInput(NO_FILE)
        published = {publication_key(each): each for each in self._publishing.published()}
        today = self._services.office(by).today
        checked = AnswerReader(tuple(self._services.policies), published, today).read(content)
        if not checked.problems:
            self._publishing.add(checked.answers, by)
        return checked

    async def _imported(
        self,
        request: web.Request,
        me: SignedIn,
        checked: CheckedAnswers | None = None,
        refusal: str = "",
    ) -> web.Response:
        is_refused = bool(refusal or checked)
        return await self._page.show(
            request,
            me,
            "desk/publish_import.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK,
            refusal=refusal,
            checked=checked,
        )

    async def _example(self, request: web.Request) -> web.Response:
        worker(request)
        return download(csv_text(COLUMNS, [EXAMPLE]), "published-answers.csv")
