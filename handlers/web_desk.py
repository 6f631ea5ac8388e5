"""The desk in the browser, for comms."""

from aiohttp import web

from desk.queue import News
from handlers.service import Service
from handlers.web_desk_case import CasePages
from handlers.web_desk_insights import InsightPages
from handlers.web_desk_news import DeskNews
from handlers.web_desk_precedents import PrecedentPages
from handlers.web_desk_queue import QueuePage
from handlers.web_desk_records import RecordPages
from handlers.web_desk_words import DeskWords


class WebDesk:
    """Needs Security, Pages and an Entrance registered before it."""

    messengers = ()

    def __init__(self, service: Service) -> None:
        words = DeskWords(service)
        desk = service.desk

        def did(news: News) -> str:
            return words.did(news.event)

        self._news = DeskNews(desk.queue, desk.sign_ins, did)
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
