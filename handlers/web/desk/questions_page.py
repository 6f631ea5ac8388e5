"""The example questions of a policy: what they cover, what they achieve, and adding more."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.sign_in import SignedIn
from desk.model.taught_question import LONGEST_QUESTION, Origin, Proposal
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.question_form import coverage, proposed_question, sentences_named, written
from handlers.web.forms import Form, form_of
from knowledge.bank import BankQuestion, Intent
from knowledge.errors import BadInput
from knowledge.policy import Policy
from knowledge.question import Question
from knowledge.question_import import CheckedImport, check
from knowledge.teaching_prompt import prompts, sentence_ids

QUESTIONS = "/desk/policies/questions/{policy}"
ONE = QUESTIONS + "/{id:\\d{1,18}}"
PROPOSAL = QUESTIONS + "/proposals/{source:[CQ]-\\d{1,18}}"
GONE = "Somebody has decided on this question, or its words were deleted."

Change = Callable[[Policy, Form, Person], object]


class QuestionPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._teaching = services.desk.teaching

    def register(self, app: web.Application) -> None:
        add = app.router
        add.add_get(QUESTIONS, self._list)
        add.add_post(QUESTIONS, self._import)
        add.add_get(f"{QUESTIONS}/new", self._new)
        add.add_post(f"{QUESTIONS}/new", self._changing(self._add))
        add.add_post(f"{QUESTIONS}/delete", self._changing(self._delete))
        add.add_get(ONE, self._edit)
        add.add_post(ONE, self._saved)
        add.add_get(PROPOSAL, self._proposed)
        add.add_post(PROPOSAL, self._taken)
        add.add_post(f"{PROPOSAL}/decline", self._declined)

    async def _list(self, request: web.Request) -> web.Response:
        return await self._listed(request, owner(request), self._policy(request))

    async def _listed(
        self,
        request: web.Request,
        me: SignedIn,
        policy: Policy,
        checked: CheckedImport | None = None,
        refusal: str = "",
    ) -> web.Response:
        stored = await asyncio.to_thread(self._teaching.of_policy, policy.name)
        proposals = await asyncio.to_thread(self._teaching.proposals, policy.name)
        card = await asyncio.to_thread(self._services.quality_card, policy)
        return await self._page.show(
            request,
            me,
            "desk/questions.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            policy=policy,
            stored=stored,
            coverage=coverage(policy, [each.question for each in stored]),
            proposals=proposals,
            card=card,
            parts=prompts(policy),
            checked=checked,
            refusal=refusal,
        )

    async def _import(self, request: web.Request) -> web.Response:
        me, form, policy = owner(request), await form_of(request), self._policy(request)
        try:
            checked = await asyncio.to_thread(self._imported, policy, form, me.person)
        except (BadInput, DeskError) as refused:
            return await self._listed(request, me, policy, refusal=str(refused))
        return await self._listed(request, me, policy, checked)

    def _imported(self, policy: Policy, form: Form, by: Person) -> CheckedImport:
        existing = [each.question for each in self._teaching.of_policy(policy.name)]
        checked = check(policy, form.text("lines").encode(), existing)
        self._teaching.add(policy.name, checked.questions, Origin.IMPORTED, by)
        return checked

    async def _new(self, request: web.Request) -> web.Response:
        me, policy = owner(request), self._policy(request)
        empty = BankQuestion("", Question(""), Intent.ANSWERABLE)
        return await self._form(request, me, policy, empty)

    async def _edit(self, request: web.Request) -> web.Response:
        me, policy = owner(request), self._policy(request)
        return await self._form(request, me, policy, await self._question(request, policy))

    async def _proposed(self, request: web.Request) -> web.Response:
        me, policy = owner(request), self._policy(request)
        proposal = await self._proposal(request, policy)
        return await self._form(request, me, policy, proposed_question(proposal, policy), proposal)

    async def _form(  # noqa: PLR0913 -- what the page shows
        self,
        request: web.Request,
        me: SignedIn,
        policy: Policy,
        question: BankQuestion,
        proposal: Proposal | None = None,
        *,
        refusal: str = "",
    ) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/question.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            policy=policy,
            question=question,
            proposal=proposal,
            sentences=sentence_ids(policy),
            ticked=sentences_named(question),
            longest=LONGEST_QUESTION,
            refusal=refusal,
        )

    async def _saved(self, request: web.Request) -> web.Response:
        me, form, policy = owner(request), await form_of(request), self._policy(request)
        before, number = await self._question(request, policy), int(request.match_info["id"])
        try:
            question = written(policy, form, before)
            await asyncio.to_thread(self._teaching.edit, policy.name, number, question, me.person)
        except (BadInput, DeskError) as refused:
            return await self._form(request, me, policy, before, refusal=str(refused))
        return redirect_to(_path(policy))

    async def _taken(self, request: web.Request) -> web.Response:
        me, form, policy = owner(request), await form_of(request), self._policy(request)
        proposal = await self._proposal(request, policy)
        before = proposed_question(proposal, policy)
        try:
            question = written(policy, form, before)
            await asyncio.to_thread(
                self._teaching.take, policy.name, proposal.source, question, me.person
            )
        except (BadInput, DeskError) as refused:
            return await self._form(request, me, policy, before, proposal, refusal=str(refused))
        return redirect_to(f"{_path(policy)}#proposals")

    async def _declined(self, request: web.Request) -> web.Response:
        me, policy = owner(request), self._policy(request)
        source = request.match_info["source"]
        try:
            await asyncio.to_thread(self._teaching.decline, policy.name, source, me.person)
        except DeskError as refused:
            return await self._listed(request, me, policy, refusal=str(refused))
        return redirect_to(f"{_path(policy)}#proposals")

    def _changing(self, change: Change) -> Handler:
        async def changed(request: web.Request) -> web.Response:
            me, form, policy = owner(request), await form_of(request), self._policy(request)
            try:
                await asyncio.to_thread(change, policy, form, me.person)
            except (BadInput, DeskError) as refused:
                return await self._listed(request, me, policy, refusal=str(refused))
            return redirect_to(_path(policy))

        return changed

    def _add(self, policy: Policy, form: Form, by: Person) -> None:
        empty = BankQuestion("", Question(""), Intent.ANSWERABLE)
        question = written(policy, form, empty)
        self._teaching.add(policy.name, [question], Origin.WRITTEN, by)

    def _delete(self, policy: Policy, form: Form, by: Person) -> None:
        numbers = [int(each) for each in form.fields.getall("id", ()) if each.isdecimal()]
        self._teaching.delete(policy.name, numbers, by)

    def _policy(self, request: web.Request) -> Policy:
        name = request.match_info["policy"]
        for policy in self._services.policies:
            if policy.name == name:
                return policy
        raise web.HTTPNotFound

    async def _question(self, request: web.Request, policy: Policy) -> BankQuestion:
        number = int(request.match_info["id"])
        try:
            found = await asyncio.to_thread(self._teaching.show, policy.name, number)
        except DeskError as missing:
            raise web.HTTPNotFound from missing
        return found.question

    async def _proposal(self, request: web.Request, policy: Policy) -> Proposal:
        for each in await asyncio.to_thread(self._teaching.proposals, policy.name):
            if each.source == request.match_info["source"]:
                return each
        raise web.HTTPNotFound(text=GONE)


def _path(policy: Policy) -> str:
    return QUESTIONS.format(policy=quote(policy.name, safe=""))
