"""The desk in the browser, for comms."""

from aiohttp import web

from desk.services.queue import QueueEvent
from handlers.conversation.services import Services
from handlers.web.desk.case_page import CasePages
from handlers.web.desk.insights_page import InsightPages
from handlers.web.desk.published_page import PrecedentPages
from handlers.web.desk.queue_page import QueuePage
from handlers.web.desk.records_page import RecordPages
from handlers.web.desk.sse import DeskEventStream
from handlers.web.desk.template_context import DeskTemplateContext


class WebDesk:
    """Needs Security, Pages and an Entrance registered before it."""

    messengers = ()

    def __init__(self, service: Services) -> None:
        words = DeskTemplateContext(service)
        desk = service.desk

        def did(news: QueueEvent) -> str:
            return words.did(news.event)

        self._news = DeskEventStream(desk.queue, desk.sign_ins, did)
        self._pages = (
            QueuePage(service),
            CasePages(service, self._news.ring),
            PrecedentPages(service),
            InsightPages(service),
            RecordPages(service),
        )

    def register(self, app: web.Application) -> None:
        self._news.register(app)
        for page in self._pages:
            page.register(app)
