"""The example questions of a policy: what they cover, what they achieve, and adding many."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError
from desk.model.people import Person
from desk.model.sign_in import SignedIn
from desk.model.taught_question import Origin
from handlers.conversation.services import Services
from handlers.web.auth.permissions import owner
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.question_form import coverage
from handlers.web.desk.question_paths import (
    DELETE,
    DELETE_ALL,
    PROMPT,
    QUESTIONS,
    path_of,
    policy_in_force,
    policy_of,
)
from handlers.web.forms import Form, form_of
from knowledge.bank import with_all_sentences
from knowledge.errors import BadInput
from knowledge.policy import Policy, sentences_of
from knowledge.question_import import CheckedImport, check
from knowledge.teaching_prompt import Part, Prompts


@dataclass(frozen=True, slots=True)
class Imported:
    """`added` of the checked questions were new."""

    checked: CheckedImport
    added: int


class QuestionPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._teaching = services.desk.teaching

    def register(self, app: web.Application) -> None:
        add = app.router
        add.add_get(QUESTIONS, self._list)
        add.add_post(QUESTIONS, self._import)
        add.add_get(PROMPT, self._prompt)
        add.add_post(DELETE, self._delete)
        add.add_get(DELETE_ALL, self._confirm)
        add.add_post(DELETE_ALL, self._delete_all)

    async def _list(self, request: web.Request) -> web.Response:
        me, name = owner(request), request.match_info["policy"]
        policy = policy_in_force(self._services, name)
        if policy is not None:
            return await self._listed(request, me, policy)
        stored = await asyncio.to_thread(self._teaching.of_policy, name)
        if not stored:
            raise web.HTTPNotFound
        return await self._page.show(
            request, me, "desk/old_questions.html", policy=None, name=name, stored=stored
        )

    async def _listed(
        self,
        request: web.Request,
        me: SignedIn,
        policy: Policy,
        imported: Imported | None = None,
        refusal: str = "",
    ) -> web.Response:
        values = await asyncio.to_thread(self._values, policy)
        return await self._page.show(
            request,
            me,
            "desk/questions.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            policy=policy,
            checked=imported.checked if imported else None,
            added=imported.added if imported else 0,
            refusal=refusal,
            **values,
        )

    def _values(self, policy: Policy) -> dict[str, object]:
        stored = self._teaching.of_policy(policy.name)
        questions = [each.question for each in stored]
        tied = with_all_sentences(questions, sentences_of([policy]))
        return {
            "stored": stored,
            "untied": len(stored) - len(tied),
            "coverage": coverage(policy, questions),
            "proposals": self._teaching.proposals(policy.name),
            "card": self._services.quality_card(policy),
            "parts": len(Prompts(policy)),
        }

    async def _import(self, request: web.Request) -> web.Response:
        me, form = owner(request), await form_of(request)
        policy = policy_of(self._services, request)
        try:
            imported = await asyncio.to_thread(self._imported, policy, form, me.person)
        except (BadInput, DeskError) as refused:
            return await self._listed(request, me, policy, refusal=str(refused))
        return await self._listed(request, me, policy, imported)

    def _imported(self, policy: Policy, form: Form, by: Person) -> Imported:
        existing = [each.question for each in self._teaching.of_policy(policy.name)]
        checked = check(policy, form.text("lines").encode(), existing)
        added = self._teaching.add(policy.name, checked.questions, Origin.IMPORTED, by)
        return Imported(checked, added)

    async def _prompt(self, request: web.Request) -> web.Response:
        me, policy = owner(request), policy_of(self._services, request)
        number = int(request.match_info["number"])

        def part() -> Part:
            return Prompts(policy).part(number)

        try:
            shown = await asyncio.to_thread(part)
        except IndexError:
            raise web.HTTPNotFound from None
        return await self._page.show(
            request, me, "desk/question_prompt.html", policy=policy, part=shown
        )

    async def _delete(self, request: web.Request) -> web.Response:
        me, form, name = owner(request), await form_of(request), request.match_info["policy"]
        ticked = form.fields.getall("id", ())
        numbers = [int(each) for each in ticked if each.isdecimal() and len(each) <= 18]
        await asyncio.to_thread(self._teaching.delete, name, numbers, me.person)
        return await self._after_deleting(name)

    async def _confirm(self, request: web.Request) -> web.Response:
        me, name = owner(request), request.match_info["policy"]
        count = (await asyncio.to_thread(self._teaching.counts)).get(name)
        if not count:
            raise web.HTTPNotFound
        return await self._page.show(
            request, me, "desk/delete_questions.html", name=name, count=count
        )

    async def _delete_all(self, request: web.Request) -> web.Response:
        me, name = owner(request), request.match_info["policy"]
        await asyncio.to_thread(self._teaching.delete_all, name, me.person)
        return await self._after_deleting(name)

    async def _after_deleting(self, name: str) -> web.Response:
        """Back to the list, or to all policies where the list has nothing to show."""
        counts = await asyncio.to_thread(self._teaching.counts)
        listed = name in counts or policy_in_force(self._services, name)
        return redirect_to(path_of(name) if listed else "/desk/policies")
