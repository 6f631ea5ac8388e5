"""Writing and editing one example question, and deciding on one that is proposed."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import AlreadyTaught, DeskError
from desk.model.people import Person
from desk.model.sign_in import SignedIn
from desk.model.taught_question import Origin, Proposal
from desk.services.teaching import TAUGHT_ALREADY
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.question_form import (
    checked_question,
    proposed_question,
    sentences_named,
    typed_question,
)
from handlers.web.desk.question_paths import NEW, ONE, PROPOSAL, path_of, policy_of
from handlers.web.forms import form_of
from knowledge.bank import BankQuestion, Intent
from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.question_fields import LONGEST_QUESTION
from knowledge.teaching_prompt import sentence_ids

EMPTY = BankQuestion("", Question(""), Intent.ANSWERABLE)

Keep = Callable[[BankQuestion, Person], None]
"""Stores the question that a form was filled in with."""


class QuestionPage:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._teaching = services.desk.teaching

    def register(self, app: web.Application) -> None:
        add = app.router
        add.add_get(NEW, self._new)
        add.add_post(NEW, self._add)
        add.add_get(ONE, self._edit)
        add.add_post(ONE, self._save)
        add.add_get(PROPOSAL, self._proposed)
        add.add_post(PROPOSAL, self._take)
        add.add_post(f"{PROPOSAL}/decline", self._decline)

    async def _new(self, request: web.Request) -> web.Response:
        me, policy = owner(request), policy_of(self._services, request)
        return await self._form(request, me, policy, EMPTY, is_new=True)

    async def _add(self, request: web.Request) -> web.Response:
        owner(request)
        policy = policy_of(self._services, request)

        def keep(question: BankQuestion, by: Person) -> None:
            if not self._teaching.add(policy.name, [question], Origin.WRITTEN, by):
                raise AlreadyTaught(TAUGHT_ALREADY)

        return await self._kept(request, policy, EMPTY, keep, is_new=True)

    async def _edit(self, request: web.Request) -> web.Response:
        me, policy = owner(request), policy_of(self._services, request)
        question = await self._question(request, policy)
        return await self._form(request, me, policy, question)

    async def _save(self, request: web.Request) -> web.Response:
        owner(request)
        policy, number = policy_of(self._services, request), int(request.match_info["id"])
        before = await self._question(request, policy)

        def keep(question: BankQuestion, by: Person) -> None:
            self._teaching.edit(policy.name, number, question, by)

        return await self._kept(request, policy, before, keep)

    async def _proposed(self, request: web.Request) -> web.Response:
        me, policy = owner(request), policy_of(self._services, request)
        proposal = await self._proposal(request, policy)
        question = proposed_question(proposal, policy)
        return await self._form(request, me, policy, question, proposal=proposal)

    async def _take(self, request: web.Request) -> web.Response:
        owner(request)
        policy = policy_of(self._services, request)
        proposal = await self._proposal(request, policy)
        before = proposed_question(proposal, policy)

        def keep(question: BankQuestion, by: Person) -> None:
            self._teaching.take(policy.name, proposal.source, question, by)

        return await self._kept(request, policy, before, keep, proposal=proposal)

    async def _decline(self, request: web.Request) -> web.Response:
        me, policy = owner(request), policy_of(self._services, request)
        source = request.match_info["source"]
        try:
            await asyncio.to_thread(self._teaching.decline, policy.name, source, me.person)
        except DeskError as refused:
            raise web.HTTPConflict(text=str(refused)) from None
        return redirect_to(f"{path_of(policy.name)}#proposals")

    async def _kept(  # noqa: PLR0913 -- what the page shows
        self,
        request: web.Request,
        policy: Policy,
        before: BankQuestion,
        keep: Keep,
        *,
        proposal: Proposal | None = None,
        is_new: bool = False,
    ) -> web.Response:
        """The list, or the form again with what was typed and why it was refused."""
        me, form = owner(request), await form_of(request)
        try:
            question = checked_question(policy, form, before)
            await asyncio.to_thread(keep, question, me.person)
        except (BadInput, DeskError) as refused:
            typed = typed_question(policy, form, before)
            return await self._form(
                request,
                me,
                policy,
                typed,
                proposal=proposal,
                refusal=str(refused),
                is_new=is_new,
            )
        return redirect_to(path_of(policy.name) + ("#proposals" if proposal else ""))

    async def _form(  # noqa: PLR0913 -- what the page shows
        self,
        request: web.Request,
        me: SignedIn,
        policy: Policy,
        question: BankQuestion,
        *,
        proposal: Proposal | None = None,
        refusal: str = "",
        is_new: bool = False,
    ) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/question.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            policy=policy,
            question=question,
            proposal=proposal,
            is_new=is_new,
            sentences=sentence_ids(policy),
            ticked=sentences_named(question),
            longest=LONGEST_QUESTION,
            refusal=refusal,
        )

    async def _question(self, request: web.Request, policy: Policy) -> BankQuestion:
        number = int(request.match_info["id"])
        try:
            found = await asyncio.to_thread(self._teaching.show, policy.name, number)
        except DeskError as missing:
            raise web.HTTPNotFound from missing
        return found.question

    async def _proposal(self, request: web.Request, policy: Policy) -> Proposal:
        source = request.match_info["source"]
        try:
            return await asyncio.to_thread(self._teaching.proposal, policy.name, source)
        except DeskError as missing:
            raise web.HTTPNotFound(text=str(missing)) from missing
