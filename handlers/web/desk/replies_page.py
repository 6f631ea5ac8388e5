"""The saved replies: texts that comms insert into answers."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from desk.model.errors import DeskError, NoSuchReply
from desk.model.people import Person
from desk.model.saved_reply import LONGEST_TITLE
from desk.model.sign_in import SignedIn
from handlers.conversation.services import Services
from handlers.web.auth.permissions import HOME, reader, worker
from handlers.web.chat.actions import LONGEST_TEXT
from handlers.web.desk.page import DeskPage, redirect_to
from handlers.web.forms import form_of
from knowledge.errors import BadInput

REPLIES = f"{HOME}/replies"
TOO_OLD = "This page is too old to be saved. Load it again."


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """`number` is 0 for a new reply; `edited_at` is when it was last edited as the form knows."""

    number: int = 0
    title: str = ""
    text: str = ""
    edited_at: str = ""


class ReplyPages:
    def __init__(self, services: Services) -> None:
        self._page = DeskPage(services)
        self._replies = services.desk.saved_replies

    def register(self, app: web.Application) -> None:
        app.router.add_get(REPLIES, self._show)
        app.router.add_post(REPLIES, self._changing(self._add))
        app.router.add_post(f"{REPLIES}/{{number}}/edit", self._changing(self._edit))
        app.router.add_post(f"{REPLIES}/{{number}}/delete", self._changing(self._delete))

    async def _show(self, request: web.Request) -> web.Response:
        return await self._rendered(request, reader(request))

    def _changing(
        self, change: Callable[[Person, ReplyForm], object]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def changed(request: web.Request) -> web.Response:
            me, form = worker(request), await _reply_form(request)
            try:
                await asyncio.to_thread(change, me.person, form)
            except (DeskError, BadInput) as refusal:
                return await self._rendered(request, me, form, str(refusal))
            return redirect_to(REPLIES)

        return changed

    def _add(self, by: Person, form: ReplyForm) -> None:
        self._replies.add(by, form.title, form.text)

    def _edit(self, by: Person, form: ReplyForm) -> None:
        try:
            seen = datetime.fromisoformat(form.edited_at)
        except ValueError:
            raise BadInput(TOO_OLD) from None
        self._replies.edit(form.number, by, form.title, form.text, expected_edit=seen)

    def _delete(self, by: Person, form: ReplyForm) -> None:
        self._replies.delete(form.number, by)

    async def _rendered(
        self, request: web.Request, me: SignedIn, form: ReplyForm | None = None, refusal: str = ""
    ) -> web.Response:
        return await self._page.show(
            request,
            me,
            "desk/replies.html",
            HTTPStatus.CONFLICT if refusal else HTTPStatus.OK,
            replies=await asyncio.to_thread(self._replies.listed),
            form=form or ReplyForm(),
            refusal=refusal,
        )


async def _reply_form(request: web.Request) -> ReplyForm:
    """Raises BadInput for what is longer than its box, and NoSuchReply."""
    form = await form_of(request)
    form.check_length("title", LONGEST_TITLE)
    form.check_length("text", LONGEST_TEXT)
    number = request.match_info.get("number", "0")
    if not number.isdecimal() or len(number) > 18:
        raise NoSuchReply("There is no such saved reply.")
    return ReplyForm(
        number=int(number),
        title=form.text("title"),
        text=form.text("text").replace("\r\n", "\n"),
        edited_at=form.text("edited_at"),
    )
