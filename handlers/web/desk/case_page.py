"""One case: its history beside the answer, and every step that comms may take."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError, NoSuchCase
from desk.model.people import Person
from desk.model.sign_in import SignedIn
from handlers.conversation import publishing
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.desk import case_view
from handlers.web.desk.case_form import CaseForm, case_form, interpreted
from handlers.web.desk.case_steps import STEPS, Take
from handlers.web.desk.case_view import CaseView
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.queue_filters import filters_of
from knowledge.errors import BadInput

CASES = f"{HOME}/cases"
PUBLISHED = "published"

Changed = Callable[[CaseView], CaseView]


class CasePages:
    def __init__(self, services: Services, changed: Callable[[], object]) -> None:
        """`changed` is called after each step that was taken."""
        self._page = DeskPage(services)
        self._services = services
        self._desk = services.desk
        self._changed = changed

    @property
    def _clauses(self) -> Clauses:
        """The clauses of the policies in force now."""
        return Clauses(self._services.policies)

    def register(self, app: web.Application) -> None:
        case = f"{CASES}/{{ref}}"
        app.router.add_get(case, self._show)
        app.router.add_post(
            f"{case}/preview", self._again(lambda view: replace(view, preview=True))
        )
        app.router.add_post(f"{case}/insert", self._again(CaseView.with_inserted))
        app.router.add_post(f"{case}/publish", self._publish)
        app.router.add_post(f"{case}/save-reply", self._taking(self._save_reply, "#replies"))
        app.router.add_post(f"{case}/notes", self._taking(self._note, "#notes"))
        app.router.add_post(f"{case}/notes/delete", self._taking(self._delete_note, "#notes"))
        for name, take in STEPS.items():
            app.router.add_post(f"{case}/{name}", self._taking(self._step(take)))

    async def _show(self, request: web.Request) -> web.Response:
        me = reader(request)
        try:
            view = await self._loaded(request, me.person)
        except NoSuchCase as missing:
            raise web.HTTPNotFound from missing
        wanted = request.query.get(PUBLISHED, "")
        shown = next((each for each in view.published if each.ref == wanted), None)
        return await self._rendered(request, me, replace(view, shown=shown))

    def _again(self, change: Changed) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Show the same form again, and keep what is in it."""

        async def shown(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            view = (await self._loaded(request, me.person)).since(form.since)
            return await self._rendered(
                request, me, change(replace(view, form=form.over(view.form)))
            )

        return shown

    def _taking(
        self, act: Callable[[str, Person, CaseForm], object], place: str = ""
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def taken(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            ref = request.match_info["ref"]
            try:
                await asyncio.to_thread(act, ref, me.person, form)
            except (DeskError, BadInput) as refusal:
                return await self._refused(request, me, form, str(refusal))
            self._changed()
            return redirect_to(f"{CASES}/{ref}{filters_of(request).query}{place}")

        return taken

    def _step(self, take: Take) -> Callable[[str, Person, CaseForm], object]:
        def act(ref: str, by: Person, form: CaseForm) -> None:
            cited = form.quotes(self._desk.casework.show(ref).closest, self._clauses)
            take(self._services.office(by), ref, form, cited)

        return act

    def _note(self, ref: str, by: Person, form: CaseForm) -> None:
        self._desk.case_notes.add(ref, by, form.note, form.to)

    def _delete_note(self, ref: str, by: Person, form: CaseForm) -> None:
        self._desk.case_notes.delete(ref, by, form.note_id)

    def _save_reply(self, ref: str, by: Person, form: CaseForm) -> None:
        answer = self._desk.casework.show(ref).last_answer
        self._desk.saved_replies.add(by, form.title, answer.text if answer else "")

    async def _publish(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        ref = request.match_info["ref"]
        try:
            published = await asyncio.to_thread(self._published, ref, me.person, form)
        except (DeskError, BadInput) as refusal:
            return await self._refused(request, me, form, str(refusal), publishing=True)
        query = filters_of(request).query
        return redirect_to(f"{CASES}/{ref}{query}{'&' if query else '?'}{PUBLISHED}={published}")

    def _published(self, ref: str, by: Person, form: CaseForm) -> str:
        reviewed = form.reviewed(self._clauses)
        office = self._services.office(by)
        return publishing.publish(office, ref, reviewed, expected_version=form.since).ref

    async def _refused(
        self,
        request: web.Request,
        me: SignedIn,
        form: CaseForm,
        refusal: str,
        *,
        publishing: bool = False,
    ) -> web.Response:
        """What was written is kept, beside what happened meanwhile."""
        view = (await self._loaded(request, me.person)).since(form.since)
        kept = replace(
            view,
            form=form.over(view.form),
            refusal=refusal,
            wrote=form.has_words,
            publishing=publishing,
        )
        return await self._rendered(request, me, kept, HTTPStatus.CONFLICT)

    async def _loaded(self, request: web.Request, me: Person) -> CaseView:
        ref, filters = request.match_info["ref"], filters_of(request)
        return await asyncio.to_thread(case_view.loaded, self._services, ref, me, filters)

    async def _rendered(
        self, request: web.Request, me: SignedIn, view: CaseView, status: int = HTTPStatus.OK
    ) -> web.Response:
        preview = None
        if view.preview:
            cited = view.form.quotes(view.case.closest, self._clauses)
            preview = self._page.wording.preview(view.case, me, view.form.text, cited)
        return await self._page.show(
            request,
            me,
            "desk/case.html",
            status,
            case=view.case,
            view=view,
            preview=preview,
            clauses=self._clauses,
            interpreted=interpreted(view.case, view.form.cite, self._clauses),
        )
