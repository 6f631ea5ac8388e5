"""The published answers: until when each may be used, and what is to be looked at again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError, NoSuchPrecedent
from desk.model.people import Person
from desk.model.precedent import Precedent, Reviewed, ReviewStatus
from desk.model.sign_in import SignedIn
from handlers.conversation.services import Services
from handlers.web.auth.permissions import reader, worker
from handlers.web.desk.case_form import CaseForm, case_form
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, see
from handlers.web.forms import fields_of
from knowledge.errors import BadInput

# Reference, when it was last edited as far as the form knows, by whom, and what to.
Change = Callable[[str, datetime, Person, CaseForm], None]

LIST = "/desk/precedents"
STALE = "This page is too old to be saved. Load it again."


@dataclass(frozen=True, slots=True)
class Shown:
    """`form` holds what is in the boxes; `refusal` why it was not saved."""

    precedent: Precedent
    form: CaseForm
    refusal: str = ""


class PrecedentPages:
    def __init__(self, service: Services) -> None:
        self._page = DeskPage(service)
        self._precedents = service.desk.publishing
        self._service = service

    @property
    def _clauses(self) -> Clauses:
        """Of the policies in force now."""
        return Clauses(self._service.policies)

    def register(self, app: web.Application) -> None:
        app.router.add_get(LIST, self._list)
        app.router.add_get(f"{LIST}/{{ref}}", self._show)
        app.router.add_post(f"{LIST}/{{ref}}/edit", self._edit)
        app.router.add_post(f"{LIST}/{{ref}}/retire", self._retire)

    async def _list(self, request: web.Request) -> web.Response:
        me = reader(request)
        published = await asyncio.to_thread(self._precedents.published)
        doubtful = await asyncio.to_thread(self._to_recheck)
        doubts = {each.precedent.ref: each.stale_reasons for each in doubtful}
        return await self._page.show(
            request, me, "desk_precedents.html", published=published, doubts=doubts
        )

    async def _show(self, request: web.Request) -> web.Response:
        me = reader(request)
        try:
            found = await asyncio.to_thread(self._precedents.show, request.match_info["ref"])
        except NoSuchPrecedent as missing:
            raise web.HTTPNotFound from missing
        return await self._rendered(request, me, Shown(found, self._beginning(found)))

    async def _edit(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        return await self._done(request, me, form, self._edited)

    async def _retire(self, request: web.Request) -> web.Response:
        me, form = worker(request), await case_form(request)
        return await self._done(request, me, form, self._retired)

    async def _done(
        self, request: web.Request, me: SignedIn, form: CaseForm, change: Change
    ) -> web.Response:
        ref, since = request.match_info["ref"], await _edited_at(request)
        try:
            await asyncio.to_thread(change, ref, since, me.person, form)
        except (DeskError, BadInput) as refusal:
            found = await asyncio.to_thread(self._precedents.show, ref)
            return await self._rendered(request, me, Shown(found, form, str(refusal)))
        return see(LIST)

    def _edited(self, ref: str, since: datetime, by: Person, form: CaseForm) -> None:
        cited = tuple(choice.cited for choice in self._clauses.picked(form.cite))
        reviewed = Reviewed(form.question, form.text, cited, form.owner, form.last_day())
        self._precedents.edit(ref, by, reviewed, expected_edit=since)

    def _retired(self, ref: str, since: datetime, by: Person, _: CaseForm) -> None:
        self._precedents.retire(ref, by, expected_edit=since)

    def _beginning(self, precedent: Precedent) -> CaseForm:
        return CaseForm(
            since=0,
            text=precedent.text,
            reason="",
            cite=tuple(self._clauses.of_cited(precedent.cited)),
            question=precedent.question,
            owner=precedent.owner,
            review_by=precedent.review_by.isoformat(),
        )

    async def _rendered(
        self,
        request: web.Request,
        me: SignedIn,
        shown: Shown,
    ) -> web.Response:
        doubtful = await asyncio.to_thread(self._to_recheck)
        number = shown.precedent.id
        reasons = [each.stale_reasons for each in doubtful if each.precedent.id == number]
        return await self._page.show(
            request,
            me,
            "desk_precedent.html",
            HTTPStatus.CONFLICT if shown.refusal else HTTPStatus.OK,
            precedent=shown.precedent,
            form=shown.form,
            refusal=shown.refusal,
            doubts=reasons[0] if reasons else (),
            clauses=self._clauses,
        )

    def _to_recheck(self) -> tuple[ReviewStatus, ...]:
        return self._precedents.to_recheck(self._service.policies, self._today())

    def _today(self) -> date:
        return self._service.clock.now().astimezone(self._service.desk.hours.zone).date()


async def _edited_at(request: web.Request) -> datetime:
    """Raises BadInput."""
    try:
        return datetime.fromisoformat((await fields_of(request)).get("edited_at", ""))
    except ValueError:
        raise BadInput(STALE) from None
