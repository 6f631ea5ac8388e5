"""The pages of the desk, for comms."""

from aiohttp import web

from desk.services.queue import QueueEvent
from handlers.conversation.services import Services
from handlers.web.desk.bulk_page import BulkPages
from handlers.web.desk.case_page import CasePages
from handlers.web.desk.conversations_page import ConversationPages
from handlers.web.desk.gaps_page import GapsPage
from handlers.web.desk.insights_page import InsightPages
from handlers.web.desk.policies_page import PoliciesPage
from handlers.web.desk.policy_version_page import PolicyVersionPage
from handlers.web.desk.publish_page import PublishPage
from handlers.web.desk.published_page import PublishedPages
from handlers.web.desk.question_page import QuestionPage
from handlers.web.desk.questions_page import QuestionPages
from handlers.web.desk.queue_page import QueuePage
from handlers.web.desk.records_page import RecordPages
from handlers.web.desk.replies_page import ReplyPages
from handlers.web.desk.sse import DeskEventStream
from handlers.web.desk.template_context import DeskTemplateContext
from handlers.web.desk.trial_page import TrialPage


class WebDesk:
    """Needs Security, Pages and a LoginMethod registered before it."""

    messengers = ()

    def __init__(self, services: Services) -> None:
        wording = DeskTemplateContext(services)

        def described(happened: QueueEvent) -> str:
            return wording.happened(happened.event)

        self._events = DeskEventStream(services.desk.queue, described)
        self._pages = (
            QueuePage(services),
            CasePages(services, self._events.notify),
            PublishPage(services),
            BulkPages(services, self._events.notify),
            ReplyPages(services),
            PublishedPages(services),
            PoliciesPage(services),
            PolicyVersionPage(services),
            QuestionPages(services),
            QuestionPage(services),
            ConversationPages(services),
            TrialPage(services),
            GapsPage(services),
            InsightPages(services),
            RecordPages(services),
        )

    def register(self, app: web.Application) -> None:
        self._events.register(app)
        for page in self._pages:
            page.register(app)
