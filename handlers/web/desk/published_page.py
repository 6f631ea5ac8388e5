"""The published answers: until when each may be used, and which to check again."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError, NoSuchPrecedent
from desk.model.people import Person
from desk.model.precedent import KEPT, Precedent, PrecedentState, ReviewStatus, StaleReason
from desk.model.sign_in import SignedIn
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.desk.case_form import CaseForm, case_form
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.forms import fields_of
from knowledge.errors import BadInput

# The reference, when it was last edited as far as the form knows, by whom, and what to.
Change = Callable[[str, datetime, Person, CaseForm], object]

LIST = f"{HOME}/published"
DUE, NOT_IN_USE = "due", "not-in-use"
SHOWS = {DUE: "due for review", NOT_IN_USE: "not in use"}
TOO_OLD = "This page is too old to be saved. Load it again."


@dataclass(frozen=True, slots=True)
class PublishedView:
    """`form` holds what is in the boxes; `refusal` why it was not saved."""

    published: Precedent
    form: CaseForm
    refusal: str = ""


class PublishedPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._publishing = services.desk.publishing

    @property
    def _clauses(self) -> Clauses:
        """The clauses of the policies in force now."""
        return Clauses(self._services.policies)

    def register(self, app: web.Application) -> None:
        app.router.add_get(LIST, self._list)
        app.router.add_get(f"{LIST}/{{ref}}", self._show)
        app.router.add_post(f"{LIST}/{{ref}}/edit", self._changing(self._edit))
        app.router.add_post(f"{LIST}/{{ref}}/confirm", self._changing(self._confirm))
        app.router.add_post(f"{LIST}/{{ref}}/retire", self._changing(self._retire))

    async def _list(self, request: web.Request) -> web.Response:
        me = reader(request)
        policies, today = self._services.policies, self._today()
        found = await asyncio.to_thread(self._publishing.checked, KEPT, policies, today)
        show, owner = request.query.get("show", ""), request.query.get("owner", "")
        return await self._page.show(
            request,
            me,
            "desk/published.html",
            listed=_wanted(found, show, owner),
            all=found,
            stale=sum(bool(each.stale_reasons) for each in found),
            due=sum(each.is_due for each in found),
            owners=sorted({each.precedent.owner for each in found}),
            shows=SHOWS,
            show=show,
            owner=owner,
            added=_added(request.query.get("added", "")),
        )

    async def _show(self, request: web.Request) -> web.Response:
        me = reader(request)
        try:
            found = await asyncio.to_thread(self._publishing.show, request.match_info["ref"])
        except NoSuchPrecedent as missing:
            raise web.HTTPNotFound from missing
        return await self._rendered(request, me, PublishedView(found, self._initial_form(found)))

    def _changing(self, change: Change) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def changed(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            ref, since = request.match_info["ref"], await _edited_at(request)
            try:
                await asyncio.to_thread(change, ref, since, me.person, form)
            except (DeskError, BadInput) as refusal:
                found = await asyncio.to_thread(self._publishing.show, ref)
                return await self._rendered(request, me, PublishedView(found, form, str(refusal)))
            return redirect_to(LIST)

        return changed

    def _edit(self, ref: str, since: datetime, by: Person, form: CaseForm) -> object:
        reviewed = form.reviewed(self._clauses)
        return self._publishing.edit(ref, by, reviewed, expected_edit=since)

    def _confirm(self, ref: str, since: datetime, by: Person, _: CaseForm) -> object:
        return self._publishing.confirm(ref, by, expected_edit=since)

    def _retire(self, ref: str, since: datetime, by: Person, _: CaseForm) -> object:
        return self._publishing.retire(ref, by, expected_edit=since)

    def _initial_form(self, published: Precedent) -> CaseForm:
        return CaseForm(
            since=0,
            text=published.text,
            cite=tuple(self._clauses.of_cited(published.cited)),
            question=published.question,
            owner=published.owner,
            review_by=published.review_by.isoformat(),
        )

    async def _rendered(
        self, request: web.Request, me: SignedIn, view: PublishedView
    ) -> web.Response:
        published = view.published
        return await self._page.show(
            request,
            me,
            "desk/published_answer.html",
            HTTPStatus.CONFLICT if view.refusal else HTTPStatus.OK,
            published=published,
            withheld=published.state is PrecedentState.WITHHELD,
            form=view.form,
            refusal=view.refusal,
            stale_reasons=await asyncio.to_thread(self._stale_reasons, published),
            clauses=self._clauses,
        )

    def _stale_reasons(self, published: Precedent) -> tuple[StaleReason, ...]:
        """Empty for an answer that is in use, or retired."""
        stale = self._publishing.to_recheck(self._services.policies, self._today())
        found = (each.stale_reasons for each in stale if each.precedent.id == published.id)
        return next(found, ())

    def _today(self) -> date:
        return self._services.clock.now().astimezone(self._services.desk.hours.zone).date()


def _wanted(found: Iterable[ReviewStatus], show: str, owner: str) -> tuple[ReviewStatus, ...]:
    """Those with the earliest review dates first."""
    chosen = [
        each
        for each in found
        if owner in ("", each.precedent.owner)
        and (show != DUE or each.is_due)
        and (show != NOT_IN_USE or each.stale_reasons)
    ]
    return tuple(sorted(chosen, key=lambda each: (each.precedent.review_by, each.precedent.id)))


def _added(given: str) -> str:
    """What was published just now, as a sentence. Empty for what no page of ours sends."""
    if given.startswith("P-") and given[2:].isdecimal():
        return f"{given[:20]} is in use."
    if given.isdecimal():
        return "1 answer is in use." if given == "1" else f"{given[:4]} answers are in use."
    return ""


async def _edited_at(request: web.Request) -> datetime:
    """Raises BadInput."""
    try:
        return datetime.fromisoformat((await fields_of(request)).get("edited_at", ""))
    except ValueError:
        raise BadInput(TOO_OLD) from None
