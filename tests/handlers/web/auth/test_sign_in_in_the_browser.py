from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from app.web_application import Surface, application
from handlers.web.auth.groups import Groups
from handlers.web.auth.openid import Issuer
from handlers.web.auth.sign_in import SignIn
from handlers.web.desk.routes import WebDesk
from handlers.web.pages import Pages
from handlers.web.security.middleware import Security, SecurityRules
from tests.browser.accessibility import violations
from tests.browser.serving import served
from tests.desk.fakes import FakeClock
from tests.handlers.web.issuer import CLIENT, SECRET, FakeIssuer
from tests.toy_service import Toy, in_folder

GROUPS = Groups("groups", frozenset(), frozenset({"comms-team"}), frozenset())


def test_a_browser_goes_to_the_issuer_and_comes_back_to_the_desk(
    tmp_path: Path, context: BrowserContext
) -> None:
    clock = FakeClock()
    issuer, service, pages = (
        FakeIssuer(clock),
        Toy(in_folder(tmp_path), clock=clock).service(),
        Pages(),
    )
    with served(issuer.application()) as login:
        issuer.url = login
        named = Issuer(login, CLIENT, SECRET)
        sign_ins = service.desk.sign_ins
        surfaces: list[Surface] = [
            Security(sign_ins, clock, SecurityRules(), pages),
            pages,
            SignIn(named, GROUPS, "", sign_ins, clock),
            WebDesk(service),
        ]
        with served(application(service, surfaces)) as address:
            page = context.new_page()
            page.goto(f"{address}/desk/switches")
            expect(page.get_by_role("heading", name="Switches")).to_be_visible()
            expect(page.get_by_text("Jane Smith")).to_be_visible()
            issuer.groups = ["parks"]
            page.goto(f"{address}/sign-in")
            expect(page.get_by_role("alert")).to_contain_text("in no group that may see the desk")
            assert violations(page) == []
    service.desk.close()
