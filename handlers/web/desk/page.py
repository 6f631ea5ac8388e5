"""What all pages of the desk have: who reads them, their wording, and where events begin."""

import asyncio
from http import HTTPStatus

from aiohttp import web

from desk.model.sign_in import SignedIn
from handlers.conversation.services import Services
from handlers.web.auth.sessions import session_label
from handlers.web.desk.template_context import DeskTemplateContext
from handlers.web.pages import PAGES


class DeskPage:
    def __init__(self, services: Services) -> None:
        self.services = services
        self.desk = services.desk
        self.wording = DeskTemplateContext(services)

    async def show(
        self,
        request: web.Request,
        me: SignedIn,
        template: str,
        status: int = HTTPStatus.OK,
        **values: object,
    ) -> web.Response:
        # The number first: what happens while the page is made is then told as an event.
        latest = await asyncio.to_thread(self.desk.queue.last_event)
        given = {
            "me": me,
            "wording": self.wording,
            "latest": latest,
            "session": session_label(request),
        }
        pages = request.app[PAGES]
        text = await asyncio.to_thread(pages.text, request, template, given | values)
        return web.Response(text=text, status=status, content_type="text/html")


def redirect_to(path: str) -> web.Response:
    """After a form was taken: the page to look at, which a reload does not send again."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})
