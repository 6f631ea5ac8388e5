"""Conversations: every question of the last days with what the bot replied."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from aiohttp import web

from desk.model.asked_question import AskedFilter, AskedQuestion, Judgement, Sureness
from desk.model.case import Case
from desk.model.errors import DeskError, NoSuchQuestion
from desk.model.people import Person
from desk.model.question import Outcome
from desk.model.sign_in import SignedIn
from desk.services.asked_questions import NOT_RIGHT
from handlers.conversation import reply_message
from handlers.conversation.reply_message import ReplyMessage
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.desk.clause_choices import Clauses
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.desk.trial_context import OUTCOMES, percent
from handlers.web.forms import Form, form_of
from knowledge.errors import BadInput
from knowledge.question_fields import LONGEST_QUESTION

LIST = f"{HOME}/conversations"
ONE = f"{LIST}/Q-{{id:\\d{{1,18}}}}"
ON_A_PAGE = 50
LONGEST_SEARCH = 200
BAD_DATE = "Write a date like 2027-03-01."
Choice = TypeVar("Choice", bound=StrEnum)

FIELDS = ("text", "outcome", "sureness", "feedback", "policy", "from", "to")


@dataclass(frozen=True, slots=True)
class Filters:
    """As the form shows them; what is no value of a filter is left out."""

    given: Mapping[str, str]
    wanted: AskedFilter
    refusal: str = ""

    @property
    def active(self) -> bool:
        return any(self.given.values())

    @property
    def opened(self) -> bool:
        """Whether a filter holds besides the words."""
        return any(value for name, value in self.given.items() if name != "text")

    def older(self, last: int) -> str:
        """The address of the questions before the one with this number."""
        kept = {name: value for name, value in self.given.items() if value}
        return f"{LIST}?{urlencode({**kept, 'before': last})}"


class ConversationPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._services = services
        self._asked = services.desk.asked_questions

    def register(self, app: web.Application) -> None:
        app.router.add_get(LIST, self._list)
        app.router.add_get(ONE, self._show)
        app.router.add_post(f"{ONE}/wrong", self._correct)

    async def _list(self, request: web.Request) -> web.Response:
        me, filters = reader(request), filters_of(request, self._services.desk.hours.zone)
        found = await asyncio.to_thread(self._asked.page, filters.wanted, ON_A_PAGE)
        return await self._page.show(
            request,
            me,
            "desk/conversations.html",
            filters=filters,
            found=found,
            outcomes=OUTCOMES,
            surenesses=tuple(Sureness),
            judgements=tuple(Judgement),
            policies=sorted(self._services.policies, key=lambda policy: policy.title),
            percent=percent,
        )

    async def _show(self, request: web.Request) -> web.Response:
        return await self._shown(request, reader(request))

    async def _correct(self, request: web.Request) -> web.Response:
        me, form = worker(request), await form_of(request)
        form.check_length("text", LONGEST_TEXT)
        number = int(request.match_info["id"])
        try:
            await asyncio.to_thread(self._corrected, number, form, me.person)
        except NoSuchQuestion as missing:
            raise web.HTTPNotFound from missing
        except (BadInput, DeskError) as refused:
            return await self._shown(request, me, form, str(refused))
        return redirect_to(f"{LIST}/Q-{number}?corrected=yes")

    def _corrected(self, number: int, form: Form, by: Person) -> Case:
        picked = self._clauses.picked(form.fields.getall("cite", ()))
        cited = tuple(choice.quote for choice in picked)
        return self._asked.correct(number, by, form.text("text").replace("\r\n", "\n"), cited)

    async def _shown(
        self, request: web.Request, me: SignedIn, form: Form | None = None, refusal: str = ""
    ) -> web.Response:
        number = int(request.match_info["id"])
        try:
            asked = await asyncio.to_thread(self._asked.show, number)
        except NoSuchQuestion as missing:
            raise web.HTTPNotFound from missing
        return await self._page.show(
            request,
            me,
            "desk/conversation.html",
            HTTPStatus.CONFLICT if refusal else HTTPStatus.OK,
            asked=asked,
            says=await asyncio.to_thread(self._reply, asked),
            case_of=await asyncio.to_thread(self._case, asked),
            refusal=refusal,
            corrected=request.query.get("corrected", "") == "yes",
            text=form.text("text") if form else "",
            cite=frozenset(form.fields.getall("cite", ())) if form else frozenset(),
            clauses=self._clauses,
            begins=NOT_RIGHT,
            outcomes=OUTCOMES,
            percent=percent,
            longest_tested=LONGEST_QUESTION,
        )

    @property
    def _clauses(self) -> Clauses:
        """The clauses of the policies in force now."""
        return Clauses(self._services.policies)

    def _reply(self, asked: AskedQuestion) -> ReplyMessage | None:
        """None where the reply is gone, was never one of the bot's, or is not for comms."""
        body = "" if asked.hidden else self._asked.reply_body(asked.id)
        try:
            return reply_message.from_body(body) if body else None
        except ValueError:  # written by a version with other fields
            return None

    def _case(self, asked: AskedQuestion) -> Case | None:
        return self._services.desk.casework.show(asked.case_ref) if asked.case_ref else None


def filters_of(request: web.Request, zone: ZoneInfo) -> Filters:
    asked = request.query
    given = {name: asked.get(name, "").strip()[:LONGEST_SEARCH] for name in FIELDS}
    before = asked.get("before", "")
    wanted = AskedFilter(
        outcome=_one_of(Outcome, given["outcome"]),
        sureness=_one_of(Sureness, given["sureness"]),
        judgement=_one_of(Judgement, given["feedback"]),
        policy=given["policy"],
        text=given["text"],
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        since=_midnight(given["from"], zone),
        until=_midnight(given["to"], zone, days_later=1),
    )
    dates = ((given["from"], wanted.since), (given["to"], wanted.until))
    bad = any(text and moment is None for text, moment in dates)
    return Filters(given, wanted, BAD_DATE if bad else "")


def _one_of(choices: type[Choice], value: str) -> Choice | None:
    return next((each for each in choices if each == value), None)


def _midnight(day: str, zone: ZoneInfo, days_later: int = 0) -> datetime | None:
    """None for what is no date."""
    try:
        begins = date.fromisoformat(day) + timedelta(days=days_later)
        return datetime.combine(begins, time(), zone)
    except (ValueError, OverflowError):
        return None
