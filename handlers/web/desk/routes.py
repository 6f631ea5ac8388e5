"""The pages of the desk, for comms."""

from aiohttp import web

from desk.services.queue import QueueEvent
from handlers.conversation.services import Services
from handlers.web.desk.case_page import CasePages
from handlers.web.desk.insights_page import InsightPages
from handlers.web.desk.policies_page import PolicyVersionPages
from handlers.web.desk.published_page import PrecedentPages
from handlers.web.desk.queue_page import QueuePage
from handlers.web.desk.records_page import RecordPages
from handlers.web.desk.sse import DeskEventStream
from handlers.web.desk.template_context import DeskTemplateContext


class WebDesk:
    """Needs Security, Pages and a LoginMethod registered before it."""

    messengers = ()

    def __init__(self, service: Services) -> None:
        words = DeskTemplateContext(service)

        def described(happened: QueueEvent) -> str:
            return words.did(happened.event)

        self._events = DeskEventStream(service.desk.queue, described)
        self._pages = (
            QueuePage(service),
            CasePages(service, self._events.notify),
            PrecedentPages(service),
            PolicyVersionPages(service),
            InsightPages(service),
            RecordPages(service),
        )

    def register(self, app: web.Application) -> None:
        self._events.register(app)
        for page in self._pages:
            page.register(app)
