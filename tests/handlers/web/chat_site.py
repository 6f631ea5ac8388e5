"""The pages over the toy service, served as they are, with visitors known by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from app.web_application import Surface, application
from desk.model.people import Person
from handlers.conversation.services import Services
from handlers.web.auth.sessions import visitor
from handlers.web.chat.address import contact_of
from handlers.web.chat.pages import Chat
from handlers.web.health import Health
from handlers.web.pages import Pages
from handlers.web.policies.pages import PolicyPages
from handlers.web.security.middleware import Security, SecurityRules
from knowledge.policy import Role
from tests.browser.serving import served
from tests.handlers.web.html import Entry, Page
from tests.handlers.web.visitor import Visitor
from tests.handlers.web.wait import until
from tests.toy_service import Toy

EXAMPLES = {
    Role.STAFF: ("may I have the logo on my blog",),
    Role.COUNCILLOR: ("training meeting",),
}


@dataclass
class Site:
    address: str
    service: Services
    toy: Toy

    visitors: dict[str, Visitor] = field(default_factory=dict)

    def visitor(self, name: str) -> Visitor:
        return self.visitors.setdefault(name, Visitor(self.address, name))


def person_of(name: str) -> Person:
    return Person(f"web:{name.lower()}", name)


ANN = person_of("Ann")


def by_name(request: web.Request) -> Person:
    """A cookie names the person, so that a test can be several; without it, an ordinary visitor."""
    name = request.cookies.get("name", "")
    return person_of(name) if name else visitor(request)


def surfaces(service: Services) -> list[Surface]:
    pages = Pages()
    guard = Security(service.desk.sign_ins, service.clock, SecurityRules(), pages)
    chat = Chat(service, by_name, EXAMPLES)
    return [guard, pages, Health(service), PolicyPages(service.policies), chat]


@contextmanager
def site(toy: Toy) -> Iterator[Site]:
    service = toy.service()
    app = application(service, surfaces(service))
    with served(app) as address:
        yield Site(address, service, toy)
    service.desk.close()


def delivered(running: Site) -> Page:
    """Ann's page, when all that was said to her is on it."""
    waits = running.service.desk.delivery.has_pending
    until(lambda: not waits(contact_of(ANN)))
    return running.visitor("Ann").page()


def of_kind(page: Page, kind: str) -> list[Entry]:
    return [entry for entry in page.entries if kind in entry.kind.split()]
