"""Test a question: what the bot would say to each role, and what it goes by."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError
from desk.model.policy_version import PolicyVersion
from desk.model.sign_in import SignedIn
from handlers.conversation.question_trial import QuestionTrials, Trial
from handlers.conversation.services import Services
from handlers.web.auth.permissions import reader, worker
from handlers.web.desk.figures import Row, by_confidence
from handlers.web.desk.page import DeskPage
from handlers.web.desk.policy_version_page import reviewer_of
from handlers.web.desk.trial_context import TrialContext
from handlers.web.forms import Form, form_of
from knowledge.errors import BadInput
from knowledge.question_fields import LONGEST_QUESTION

TEST = "/desk/test"
FEEDBACK_WITHIN = timedelta(days=90)
LONGEST_ID = 18  # digits
NO_WORDS = "Write the question that you want to test."
NOT_MEASURED = "This bot cannot test questions."


@dataclass(frozen=True, slots=True)
class TrialForm:
    """`version` is the id of an uploaded version, empty for the policies in force."""

    question: str = ""
    earlier: str = ""
    version: str = ""


class TrialPage:
    """Questions come by a form that is not an address, so that no log of addresses holds them."""

    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._versions = services.desk.policy_versions
        self._context = TrialContext()

    def register(self, app: web.Application) -> None:
        app.router.add_get(TEST, self._empty)
        app.router.add_post(TEST, self._test)

    async def _empty(self, request: web.Request) -> web.Response:
        version = request.query.get("version", "")
        return await self._shown(request, reader(request), TrialForm(version=version))

    async def _test(self, request: web.Request) -> web.Response:
        me, form = reader(request), _trial_form(await form_of(request))
        if form.version:  # a bot is built for this
            worker(request)
        try:
            trials = await asyncio.to_thread(self._trials, form)
        except (BadInput, DeskError) as refused:
            return await self._shown(request, me, form, refusal=str(refused))
        return await self._shown(request, me, form, trials)

    def _trials(self, form: TrialForm) -> tuple[Trial, ...]:
        if not form.question:
            raise BadInput(NO_WORDS)
        bot = None
        if form.version:
            known = form.version.isdecimal() and len(form.version) <= LONGEST_ID
            version = self._versions.show(int(form.version) if known else 0)
            bot = reviewer_of(self._services).trial(version)
        earlier = (form.earlier,) if form.earlier else ()
        return self._question_trials.of(form.question, earlier, bot)

    @property
    def _question_trials(self) -> QuestionTrials:
        if self._services.question_trials is None:
            raise BadInput(NOT_MEASURED)
        return self._services.question_trials

    async def _shown(
        self,
        request: web.Request,
        me: SignedIn,
        form: TrialForm,
        trials: tuple[Trial, ...] = (),
        refusal: str = "",
    ) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/test.html",
            HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK,
            form=form,
            trials=trials,
            refusal=refusal,
            versions=await asyncio.to_thread(self._not_in_force) if me.access.may_answer else (),
            trial=self._context,
            longest=LONGEST_QUESTION,
            bands=await asyncio.to_thread(self._by_confidence),
        )

    def _by_confidence(self) -> tuple[Row, ...]:
        until = self._services.clock.now()
        course = self._services.desk.insights.course(until - FEEDBACK_WITHIN, until)
        return by_confidence(course.judged)

    def _not_in_force(self) -> tuple[PolicyVersion, ...]:
        in_force = self._versions.ids_in_force()
        listed = self._versions.listed()
        return tuple(each for each in listed if in_force.get(each.policy) != each.id)


def _trial_form(form: Form) -> TrialForm:
    """Raises BadInput for what is longer than a question may be."""
    for name in ("question", "earlier"):
        form.check_length(name, LONGEST_QUESTION)
    return TrialForm(form.text("question"), form.text("earlier"), form.text("version"))
