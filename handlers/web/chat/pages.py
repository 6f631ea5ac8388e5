"""The chat: plain forms, which a script sends without leaving the page."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from desk.model.people import Person
from handlers.conversation.services import Services
from handlers.web.auth.sessions import SESSIONS
from handlers.web.chat.actions import ChatAction, ChatActions, check_lengths
from handlers.web.chat.address import contact_of
from handlers.web.chat.examples import Examples
from handlers.web.chat.history import conversation_of
from handlers.web.chat.messenger import WebMessenger
from handlers.web.chat.sse import ChatEventStream
from handlers.web.chat.template_context import ChatTemplateContext
from handlers.web.forms import form_of, new_token
from handlers.web.pages import render
from handlers.web.subscribers import last_seen

FETCHED = "fetch"
NONE: Examples = {}
# A reply takes a fraction of a second. A page that waits longer shows it when it comes.
WAIT_S = 5.0
LOOK_S = 0.03

Visitor = Callable[[web.Request], Person]
Handler = Callable[[web.Request], Awaitable[web.Response]]


class Chat:
    def __init__(self, services: Services, visitor: Visitor, examples: Examples = NONE) -> None:
        self._desk = services.desk
        self._visitor = visitor
        self._examples = examples
        self._wording = ChatTemplateContext(services)
        self._actions = ChatActions(services)
        self._events = ChatEventStream(services.desk.inbox, visitor)
        self.messengers = (WebMessenger(services.desk.inbox, self._events.notify),)

    def register(self, app: web.Application) -> None:
        self._events.register(app)
        actions = self._actions
        app.router.add_get("/", self._page)
        app.router.add_get("/conversation", self._conversation)
        app.router.add_post("/ask", self._takes(actions.ask))
        app.router.add_post("/edit", self._takes(actions.edit))
        app.router.add_post("/withdraw-question", self._takes(actions.withdraw_question))
        app.router.add_post("/withdraw", self._takes(actions.withdraw))
        app.router.add_post("/add", self._takes(actions.add))
        app.router.add_post("/feedback", self._takes(actions.give_feedback))
        app.router.add_post("/section-answers", self._takes(actions.confirm))
        app.router.add_post("/ask-comms", self._takes(actions.ask_comms))
        app.router.add_post("/complain", self._takes(actions.complain))
        if self._wording.sends_email:
            app.router.add_post("/email-answer", self._takes(actions.leave_email))
            app.router.add_post("/email-answer/delete", self._takes(actions.take_back_email))
        app.router.add_post("/forget-browser", _forget_browser)

    async def _page(self, request: web.Request) -> web.Response:
        return await self._shown(request, "chat/page.html")

    async def _conversation(self, request: web.Request) -> web.Response:
        """Without content where the page has everything already."""
        if "seen" in request.query and not await self._is_new(request):
            return web.Response(status=HTTPStatus.NO_CONTENT)
        return await self._shown(request, "chat/conversation.html")

    async def _is_new(self, request: web.Request) -> bool:
        key = self._visitor(request).key
        numbers = await asyncio.to_thread(self._desk.inbox.numbers, [key])
        return numbers.get(key, 0) != last_seen(request, "seen")

    def _takes(self, action: ChatAction) -> Handler:
        async def take(request: web.Request) -> web.Response:
            person, form = self._visitor(request), await form_of(request)
            check_lengths(form)
            await asyncio.to_thread(self._actions.do, action, person, form)
            self._events.notify(person.key)
            await self._delivered(person)
            if request.headers.get("X-Requested-With") == FETCHED:
                return await self._conversation(request)
            return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/#latest"})

        return take

    async def _delivered(self, person: Person) -> None:
        """Wait until every reply to the person is in their inbox, but no longer than WAIT_S."""
        contact, clock = contact_of(person), asyncio.get_running_loop().time
        until = clock() + WAIT_S
        waits = self._desk.delivery.has_pending
        while clock() < until and await asyncio.to_thread(waits, contact):  # noqa: ASYNC110 -- it may be delivered by another replica
            await asyncio.sleep(LOOK_S)

    async def _shown(self, request: web.Request, template: str) -> web.Response:
        person = self._visitor(request)
        shown = await asyncio.to_thread(conversation_of, self._desk, person)
        chosen = await asyncio.to_thread(self._desk.preferences.read, person)
        return render(
            request,
            template,
            person=person,
            conversation=shown,
            chosen=chosen,
            examples=self._examples,
            token=new_token,
            wording=self._wording,
        )


async def _forget_browser(request: web.Request) -> web.Response:
    """The next person at this browser starts a conversation of their own."""
    response = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/"})
    request.app[SESSIONS].visitors.forget(response)
    return response
