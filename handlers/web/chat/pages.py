"""The chat on the pages: plain forms, which a script sends without leaving the page."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from aiohttp import web

from desk.model.people import Person
from handlers.conversation.services import Services
from handlers.web.chat.actions import ChatActions, WebDeed
from handlers.web.chat.address import contact_of
from handlers.web.chat.history import conversation_of
from handlers.web.chat.messenger import WebMessenger
from handlers.web.chat.sse import ChatEventStream
from handlers.web.chat.template_context import ChatTemplateContext
from handlers.web.forms import form_of, new_token
from handlers.web.pages import render

FETCHED = "fetch"
# A reply takes a fraction of a second; who waits longer sees it come by itself.
WAIT_S = 5.0
LOOK_S = 0.03

Visitor = Callable[[web.Request], Person]
Handler = Callable[[web.Request], Awaitable[web.Response]]


class Chat:
    def __init__(self, service: Services, visitor: Visitor, examples: Sequence[str] = ()) -> None:
        """`examples`: questions for a beginning."""
        self._desk = service.desk
        self._visitor = visitor
        self._examples = tuple(examples)
        self._words = ChatTemplateContext(service)
        self._deeds = ChatActions(service)
        self._events = ChatEventStream(service.desk.inbox, visitor)
        self.messengers = (WebMessenger(service.desk.inbox, self._events.notify),)

    def register(self, app: web.Application) -> None:
        self._events.register(app)
        app.router.add_get("/", self._page)
        app.router.add_get("/conversation", self._conversation)
        app.router.add_post("/ask", self._takes(self._deeds.ask))
        app.router.add_post("/change", self._takes(self._deeds.change))
        app.router.add_post("/take-back", self._takes(self._deeds.take_back))
        app.router.add_post("/judge", self._takes(self._deeds.judge))
        app.router.add_post("/ask-comms", self._takes(self._deeds.ask_comms))
        app.router.add_post("/complain", self._takes(self._deeds.complain))
        app.router.add_post("/add", self._takes(self._deeds.add))
        app.router.add_post("/withdraw", self._takes(self._deeds.withdraw))

    async def _page(self, request: web.Request) -> web.Response:
        return await self._shown(request, "chat.html")

    async def _conversation(self, request: web.Request) -> web.Response:
        return await self._shown(request, "conversation.html")

    def _takes(self, deed: WebDeed) -> Handler:
        async def take(request: web.Request) -> web.Response:
            person, form = self._visitor(request), await form_of(request)
            await asyncio.to_thread(self._deeds.do, deed, person, form)
            self._events.notify(person.key)
            await self._delivered(person)
            if request.headers.get("X-Requested-With") == FETCHED:
                return await self._conversation(request)
            return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/#latest"})

        return take

    async def _delivered(self, person: Person) -> None:
        """Until all that was said to it lies in the inbox, or it takes too long."""
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
            words=self._words,
        )
