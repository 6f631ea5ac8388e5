"""One answer or one reason for several cases."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from desk.model.case import Case, Quote
from desk.model.errors import DeskError, Refused
from desk.model.people import Person
from desk.model.sign_in import SignedIn
from desk.services.bulk import MOST_AT_ONCE, BulkOutcome, ChosenCase
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, worker
from handlers.web.desk import insertions
from handlers.web.desk.case_form import CaseForm, case_form
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.insertions import Insertion
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.queue_filters import filters_of
from handlers.web.forms import form_of
from knowledge.errors import BadInput

BULK = f"{HOME}/bulk"
ANSWER, CLOSE = "answer", "close"
MOST_CLOSEST = 10
NONE_CHOSEN = "Choose at least one case."

Act = Callable[[Sequence[ChosenCase], Person, CaseForm], BulkOutcome]


@dataclass(frozen=True, slots=True)
class BulkView:
    """The chosen cases, and what is to happen to all of them."""

    act: str
    chosen: tuple[ChosenCase, ...]
    cases: tuple[Case, ...]
    form: CaseForm
    texts: tuple[Insertion, ...]
    refusal: str = ""

    @property
    def closest(self) -> tuple[Quote, ...]:
        return closest_of(self.cases)

    def with_inserted(self) -> "BulkView":
        """With the text that the form asks for at the end of the answer."""
        offered = {each.id: each for each in (*insertions.quotes(self.closest), *self.texts)}
        wanted = offered.get(self.form.insert)
        if wanted is None:
            return self
        text, cite = wanted.into(self.form.text, self.form.cite)
        return replace(self, form=replace(self.form, text=text, cite=cite))


class BulkPages:
    def __init__(self, services: Services, changed: Callable[[], object]) -> None:
        """`changed` is called after each step that was taken."""
        self._page = DeskPage(services)
        self._services = services
        self._desk = services.desk
        self._changed = changed

    def register(self, app: web.Application) -> None:
        app.router.add_post(BULK, self._begin)
        app.router.add_post(f"{BULK}/insert", self._insert)
        app.router.add_post(f"{BULK}/answer", self._taking(ANSWER, self._answer))
        app.router.add_post(f"{BULK}/close", self._taking(CLOSE, self._close))
        app.router.add_post(f"{BULK}/undo", self._taking("", self._undo))

    async def _begin(self, request: web.Request) -> web.Response:
        me, form = worker(request), await form_of(request)
        if "case" not in form.fields:
            query = filters_of(request).query
            return redirect_to(f"{HOME}{query}{'&' if query else '?'}chosen=none")
        view = await self._view(request, CLOSE if form.text("act") == CLOSE else ANSWER)
        return await self._rendered(request, me, view)

    async def _insert(self, request: web.Request) -> web.Response:
        me, view = worker(request), await self._view(request, ANSWER)
        return await self._rendered(request, me, view.with_inserted())

    def _taking(self, act: str, take: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def taken(request: web.Request) -> web.Response:
            me, form = worker(request), await case_form(request)
            chosen = await _chosen(request)
            try:
                outcome = await asyncio.to_thread(take, chosen, me.person, form)
            except (DeskError, BadInput) as refusal:
                view = replace(await self._view(request, act), refusal=str(refusal))
                return await self._rendered(request, me, view)
            self._changed()
            return await self._done(request, me, act, outcome, form)

        return taken

    def _answer(self, chosen: Sequence[ChosenCase], by: Person, form: CaseForm) -> BulkOutcome:
        cited = form.quotes(closest_of(self._cases(chosen)), self._clauses)
        return self._desk.bulk.answer(chosen, by, form.text, cited)

    def _close(self, chosen: Sequence[ChosenCase], by: Person, form: CaseForm) -> BulkOutcome:
        return self._desk.bulk.close(chosen, by, form.reason)

    def _undo(self, chosen: Sequence[ChosenCase], by: Person, _: CaseForm) -> BulkOutcome:
        return self._desk.bulk.undo(chosen, by)

    @property
    def _clauses(self) -> Clauses:
        """The clauses of the policies in force now."""
        return Clauses(self._services.policies)

    def _cases(self, chosen: Sequence[ChosenCase]) -> tuple[Case, ...]:
        """Those that there are."""
        found = []
        for each in chosen:
            try:
                found.append(self._desk.casework.show(each.ref))
            except Refused:
                continue
        return tuple(found)

    async def _view(self, request: web.Request, act: str) -> BulkView:
        chosen, form = await _chosen(request), await case_form(request)
        cases = await asyncio.to_thread(self._cases, chosen)
        saved = await asyncio.to_thread(self._desk.saved_replies.listed)
        return BulkView(act, chosen, cases, form, insertions.replies(saved))

    async def _rendered(self, request: web.Request, me: SignedIn, view: BulkView) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/bulk.html",
            HTTPStatus.CONFLICT if view.refusal else HTTPStatus.OK,
            view=view,
            query=filters_of(request).query,
            clauses=self._clauses,
        )

    async def _done(
        self,
        request: web.Request,
        me: SignedIn,
        act: str,
        outcome: BulkOutcome,
        form: CaseForm,
    ) -> web.Response:
        sent = [await asyncio.to_thread(self._desk.undo.sent, case) for case in outcome.done]
        until: list[datetime] = [each.until for each in sent if each.until is not None]
        return await self._page.show(
            request,
            me,
            "desk/bulk_done.html",
            act=act,
            outcome=outcome,
            written=form.text or form.reason,
            recipients=sum(each.recipients for each in sent),
            until=min(until, default=None),
            query=filters_of(request).query,
        )


def closest_of(cases: Sequence[Case]) -> tuple[Quote, ...]:
    """The clauses that were found for any of them, in a lasting order: a form names them by it."""
    found = dict.fromkeys(quote for case in cases for quote in case.closest)
    return tuple(found)[:MOST_CLOSEST]


async def _chosen(request: web.Request) -> tuple[ChosenCase, ...]:
    """The cases that were ticked, with the versions that the page showed. Raises BadInput."""
    ticked = (await form_of(request)).fields.getall("case", [])
    if not ticked:
        raise BadInput(NONE_CHOSEN)
    if len(ticked) > MOST_AT_ONCE:
        raise BadInput(f"Choose at most {MOST_AT_ONCE} cases at once. You chose {len(ticked)}.")
    found = []
    for each in ticked:
        ref, _, version = each.partition("@")
        known = version.isdecimal() and len(version) < 19
        found.append(ChosenCase(ref[:40], int(version) if known else 0))
    return tuple(dict.fromkeys(found))
