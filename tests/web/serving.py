"""The pages over the toy service, served as they are, with visitors known by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from desk.people import Person
from handlers.service import Service
from handlers.web_application import application
from handlers.web_chat import Chat
from handlers.web_health import Health
from handlers.web_pages import Pages
from tests.browser.serving import served
from tests.toy_service import Toy
from tests.web.visiting import Visitor

EXAMPLES = ("may I have the logo on my blog", "training meeting")


@dataclass
class Site:
    address: str
    service: Service
    toy: Toy

    def visitor(self, name: str) -> Visitor:
        return Visitor(self.address, name)


def person_of(name: str) -> Person:
    return Person(f"web:{name.lower()}", name)


def by_name(request: web.Request) -> Person:
    return person_of(request.cookies.get("name", "Somebody"))


@contextmanager
def site(toy: Toy) -> Iterator[Site]:
    service = toy.service()
    app = application(service, [Health(service), Pages(), Chat(service, by_name, EXAMPLES)])
    with served(app) as address:
        yield Site(address, service, toy)
    service.desk.close()
