"""One case: its history beside the answer, and every step that comms may take."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from http import HTTPStatus

from aiohttp import web

from desk.model.case import PENDING, Case, Event
from desk.model.errors import DeskError, NoSuchCase
from desk.model.people import Person
from desk.model.precedent import Precedent
from desk.model.sign_in import SignedIn
from handlers.conversation import publishing
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.desk import case_steps
from handlers.web.desk.case_form import CaseForm, case_form, interpreted, picked
from handlers.web.desk.case_steps import STEPS, StepButton, Take
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, redirect_to
from knowledge.errors import BadInput

CASES = f"{HOME}/cases"


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case on its page. `form` holds what is in the boxes; `refusal` why nothing was done, and
    `meanwhile` what happened to the case since the form was loaded."""

    case: Case
    mine: bool
    form: CaseForm
    published: tuple[Precedent, ...]
    preview: bool = False
    publishing: bool = False
    refusal: str = ""
    meanwhile: tuple[Event, ...] = ()

    @property
    def waiting(self) -> bool:
        return self.case.status in PENDING

    @property
    def steps(self) -> tuple[StepButton, ...]:
        return case_steps.buttons(self.case, mine=self.mine)

    @property
    def close_label(self) -> str:
        return case_steps.close_label(self.case, mine=self.mine)

    @property
    def may_publish(self) -> bool:
        return case_steps.may_publish(self.case, mine=self.mine)


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
        app.router.add_get(f"{CASES}/{{ref}}", self._show)
        app.router.add_post(f"{CASES}/{{ref}}/preview", self._preview)
        app.router.add_post(f"{CASES}/{{ref}}/publish", self._publish)
        for name, take in STEPS.items():
            app.router.add_post(f"{CASES}/{{ref}}/{name}", self._taking(take))

    async def _show(self, request: web.Request) -> web.Response:
        me, ref = reader(request), request.match_info["ref"]
        try:
            view = await asyncio.to_thread(self._loaded, ref, me.person)
        except NoSuchCase as missing:
            raise web.HTTPNotFound from missing
        return await self._rendered(request, me, view)

    async def _preview(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        view = await asyncio.to_thread(self._loaded, request.match_info["ref"], me.person)
        return await self._rendered(request, me, replace(view, form=form, preview=True))

    def _taking(self, take: Take) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def taken(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            ref = request.match_info["ref"]
            try:
                await asyncio.to_thread(self._take, take, ref, me.person, form)
            except (DeskError, BadInput) as refusal:
                return await self._refused(request, me, form, str(refusal))
            self._changed()
            return redirect_to(f"{CASES}/{ref}")

        return taken

    def _take(self, take: Take, ref: str, by: Person, form: CaseForm) -> None:
        cited = form.quotes(self._desk.casework.show(ref), self._clauses)
        take(self._services.office(by), ref, form, cited)

    async def _publish(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        ref = request.match_info["ref"]
        try:
            published = await asyncio.to_thread(self._published, ref, me.person, form)
        except (DeskError, BadInput) as refusal:
            return await self._refused(request, me, form, str(refusal), publishing=True)
        return redirect_to(f"{HOME}/published/{published}")

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
        view = await asyncio.to_thread(self._loaded, request.match_info["ref"], me.person)
        meanwhile = tuple(event for event in view.case.events if event.id > form.since)
        kept = replace(view, form=form, refusal=refusal, meanwhile=meanwhile, publishing=publishing)
        return await self._rendered(request, me, kept, HTTPStatus.CONFLICT)

    def _loaded(self, ref: str, me: Person) -> CaseView:
        case = self._desk.casework.show(ref)
        mine = self._desk.queue.held(case, me)
        published = self._desk.publishing.of_case(case.ref)
        return CaseView(case, mine, self._initial_form(case, me), published)

    def _initial_form(self, case: Case, me: Person) -> CaseForm:
        """The draft, or the answer as it was sent, which may also be published."""
        proposed = publishing.proposed(self._services.office(me), case)
        said = case.last_answer
        return CaseForm(
            since=case.version,
            text=case.draft if said is None else said.text,
            cite=() if said is None else picked(case, said.cited, self._clauses),
            question=proposed.question,
            owner=proposed.owner,
            review_by=proposed.review_by.isoformat(),
            published_too=True,
        )

    async def _rendered(
        self, request: web.Request, me: SignedIn, view: CaseView, status: int = HTTPStatus.OK
    ) -> web.Response:
        preview = None
        if view.preview:
            cited = view.form.quotes(view.case, self._clauses)
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
