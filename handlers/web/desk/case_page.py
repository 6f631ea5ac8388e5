"""One case: its history beside the answer box, and every step that comms may take."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web

from desk.model.case import Case, Event, Quote, Step
from desk.model.errors import DeskError, NoSuchCase
from desk.model.people import Person
from desk.model.precedent import Reviewed
from desk.model.sign_in import SignedIn
from desk.services.desk import Desk
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.desk.case_form import CaseForm, case_form, interpreted, picked
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, see
from knowledge.errors import BadInput

YEAR = timedelta(days=365)
SAYING = (Step.ANSWERED, Step.CORRECTED)
OWNER = "Communications"
PREVIEW = "preview"

# Desk, reference, who, and what was written in. Each raises Overtaken where the form is old.
Take = Callable[[Desk, str, Person, CaseForm, tuple[Quote, ...]], object]
STEPS: dict[str, Take] = {
    "claim": lambda desk, ref, by, form, _: desk.casework.claim(
        ref, by, expected_version=form.since
    ),
    "take-over": lambda desk, ref, by, form, _: desk.casework.take_over(
        ref, by, expected_version=form.since
    ),
    "release": lambda desk, ref, by, form, _: desk.casework.release(
        ref, by, expected_version=form.since
    ),
    "answer": lambda desk, ref, by, form, cited: desk.casework.answer(
        ref, by, form.text, cited, expected_version=form.since
    ),
    "correct": lambda desk, ref, by, form, cited: desk.casework.correct(
        ref, by, form.text, cited, expected_version=form.since
    ),
    "close": lambda desk, ref, by, form, _: desk.casework.close(
        ref, by, form.reason, expected_version=form.since
    ),
    "reopen": lambda desk, ref, by, form, _: desk.casework.reopen(
        ref, by, expected_version=form.since
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A case on its page. `form` holds what is in the boxes; `refusal` why nothing was done,
    and `meanwhile` what happened to the case since the form was loaded."""

    case: Case
    mine: bool
    form: CaseForm
    preview: bool = False
    publishing: bool = False
    refusal: str = ""
    meanwhile: tuple[Event, ...] = ()


class CasePages:
    def __init__(self, service: Services, changed: Callable[[], object]) -> None:
        """`changed` is called after each step that was taken."""
        self._page = DeskPage(service)
        self._desk = service.desk
        self._clock = service.clock
        self._changed = changed

    @property
    def _clauses(self) -> Clauses:
        """Of the policies in force now."""
        return Clauses(self._page.service.policies)

    def register(self, app: web.Application) -> None:
        app.router.add_get("/desk/cases/{ref}", self._show)
        app.router.add_post("/desk/cases/{ref}/preview", self._preview)
        app.router.add_post("/desk/cases/{ref}/publish", self._publish)
        for name, take in STEPS.items():
            app.router.add_post(f"/desk/cases/{{ref}}/{name}", self._taking(take))

    async def _show(self, request: web.Request) -> web.Response:
        me, ref = reader(request), request.match_info["ref"]
        try:
            shown = await asyncio.to_thread(self._loaded, ref, me.person)
        except NoSuchCase as missing:
            raise web.HTTPNotFound from missing
        return await self._rendered(request, me, shown)

    async def _preview(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        shown = await asyncio.to_thread(self._loaded, request.match_info["ref"], me.person)
        return await self._rendered(request, me, replace(shown, form=form, preview=True))

    def _taking(self, take: Take) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def taken(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            ref = request.match_info["ref"]
            try:
                await asyncio.to_thread(self._take, take, ref, me.person, form)
            except (DeskError, BadInput) as refusal:
                return await self._refused(request, me, form, str(refusal))
            self._changed()
            return see(f"{HOME}/cases/{ref}")

        return taken

    def _take(self, take: Take, ref: str, by: Person, form: CaseForm) -> None:
        cited = form.quotes(self._desk.casework.show(ref), self._clauses)
        take(self._desk, ref, by, form, cited)

    async def _publish(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        try:
            precedent = await asyncio.to_thread(
                self._published, request.match_info["ref"], me.person, form
            )
        except (DeskError, BadInput) as refusal:
            return await self._refused(request, me, form, str(refusal), publishing=True)
        return see(f"{HOME}/precedents/{precedent}")

    def _published(self, ref: str, by: Person, form: CaseForm) -> str:
        cited = tuple(choice.cited for choice in self._clauses.picked(form.cite))
        reviewed = Reviewed(form.question, form.text, cited, form.owner, form.last_day())
        publish = self._desk.publishing.publish
        return publish(ref, by, reviewed, expected_version=form.since).ref

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
        shown = await asyncio.to_thread(self._loaded, request.match_info["ref"], me.person)
        meanwhile = tuple(event for event in shown.case.events if event.id > form.since)
        kept = replace(
            shown, form=form, refusal=refusal, meanwhile=meanwhile, publishing=publishing
        )
        return await self._rendered(request, me, kept, HTTPStatus.CONFLICT)

    def _loaded(self, ref: str, me: Person) -> Shown:
        case = self._desk.casework.show(ref)
        return Shown(case, self._desk.queue.held(case, me), self._beginning(case))

    def _beginning(self, case: Case) -> CaseForm:
        """What the boxes hold at first: the draft, and for publishing the answer as it was sent."""
        said = [event for event in case.events if event.step in SAYING]
        today = self._clock.now().astimezone(self._desk.hours.zone).date()
        return CaseForm(
            since=case.events[-1].id,
            text=said[-1].text if said else case.draft,
            reason="",
            cite=picked(case, said[-1].cited, self._clauses) if said else (),
            question=case.question,
            owner=OWNER,
            review_by=(today + YEAR).isoformat(),
        )

    async def _rendered(
        self, request: web.Request, me: SignedIn, shown: Shown, status: int = HTTPStatus.OK
    ) -> web.Response:
        preview = None
        if shown.preview:
            cited = shown.form.quotes(shown.case, self._clauses)
            preview = self._page.words.preview(shown.case, me, shown.form.text, cited)
        return await self._page.show(
            request,
            me,
            "desk_case.html",
            status,
            case=shown.case,
            shown=shown,
            preview=preview,
            clauses=self._clauses,
            interpreted=interpreted(shown.case, shown.form.cite, self._clauses),
        )
