"""The desk's pages over the toy service, served as they are, and colleagues who are signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from app.web_application import Surface, application
from desk.model.case import Case
from desk.model.people import Person
from desk.model.sign_in import AccessLevel
from handlers.conversation.services import Services
from handlers.web.auth.local_login import LocalLogin
from handlers.web.auth.sessions import visitor
from handlers.web.chat.pages import Chat
from handlers.web.desk.routes import WebDesk
from handlers.web.health import Health
from handlers.web.pages import Pages
from handlers.web.policies.pages import PolicyPages
from handlers.web.security.middleware import SESSION_LASTS, Security, SecurityRules
from tests.browser.serving import served
from tests.desk.council import JANE, OMAR, incoming
from tests.toy_service import Toy

UNSURE = "who runs the training and the meeting?"
OLIVE = Person("terminal:olive", "Olive Owner")
RITA = Person("terminal:rita", "Rita Reader")
STANDINGS = {
    JANE: AccessLevel.COMMS,
    OMAR: AccessLevel.COMMS,
    OLIVE: AccessLevel.OWNER,
    RITA: AccessLevel.READER,
}


@dataclass
class DeskSite:
    address: str
    service: Services
    toy: Toy
    login: LocalLogin

    def secret(self, person: Person) -> str:
        """The secret of a new session, as a browser's cookie holds it."""
        return self.service.desk.sign_ins.open(person, STANDINGS[person], SESSION_LASTS)

    def sign_in(self, context: BrowserContext, person: Person) -> None:
        context.add_cookies([{"name": "desk", "value": self.secret(person), "url": self.address}])

    def page(self, context: BrowserContext, person: Person, path: str = "/desk") -> Page:
        self.sign_in(context, person)
        page = context.new_page()
        page.goto(f"{self.address}{path}")
        return page

    def case(self, text: str = UNSURE) -> Case:
        self.service.conversation.ask(incoming(text=text))
        return self.service.desk.casework.listed()[-1]


@contextmanager
def desk_site(toy: Toy) -> Iterator[DeskSite]:
    service, pages = toy.service(), Pages()
    login = LocalLogin(OLIVE, service.desk.sign_ins)
    surfaces: list[Surface] = [
        Security(service.desk.sign_ins, service.clock, SecurityRules(), pages),
        pages,
        login,
        PolicyPages(service.policies),
        Chat(service, visitor),
        WebDesk(service),
        Health(service),
    ]
    with served(application(service, surfaces)) as address:
        yield DeskSite(address, service, toy, login)
    service.desk.close()


@contextmanager
def another(browser: Browser) -> Iterator[BrowserContext]:
    """A second browser, with cookies of its own."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context
    context.close()
