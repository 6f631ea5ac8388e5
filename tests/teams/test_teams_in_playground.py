"""The whole loop in Microsoft's own client: ask, judge, pass on, answer as comms, be answered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from handlers.service import Service
from handlers.teams_app import teams
from handlers.teams_auth import Registration
from handlers.web_application import application
from tests.browser.serving import served
from tests.teams.agents_playground import agents_playground
from tests.teams.playground import Playground
from tests.toy_service import Toy, in_folder

SURE = "may I have the logo on my blog"
UNSURE = "who runs the training and the meeting?"


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    whole = Toy(in_folder(tmp_path)).service()
    yield whole
    whole.desk.close()


@pytest.fixture
def client(page: Page, service: Service, tmp_path: Path) -> Iterator[Playground]:
    app = application(service, [teams(service, Registration())])
    with (
        served(app) as bot,
        agents_playground(f"{bot}/api/messages", tmp_path) as address,
    ):
        yield Playground(page, address)


def test_who_installs_the_bot_is_shown_what_to_ask(client: Playground) -> None:
    client.wait_for("Ask me what the council's policies say")
    client.screenshot(Path("/tmp/w/teams-scratch/welcome.png"))


def test_the_whole_loop(client: Playground) -> None:
    client.in_channel()
    client.mention("use this channel for escalations")
    client.wait_for("From now on the cases are shown here.")
    client.in_personal_chat()
    client.say(SURE)
    client.wait_for("Avoid use of the council logo on a blog.")
    client.screenshot(Path("/tmp/w/teams-scratch/answer.png"))
    client.press("Show all of section 1")
    client.screenshot(Path("/tmp/w/teams-scratch/answer2.png"))
    client.press("This helped")
    client.wait_for("Thank you for saying so.")
    client.press("Not helpful")
    client.wait_for("Sorry about that.")
    client.screenshot(Path("/tmp/w/teams-scratch/sorry.png"))
    client.press("Ask the communications team")
    client.wait_for("Your reference is C-1.")
    client.screenshot(Path("/tmp/w/teams-scratch/receipt.png"))
    client.in_channel()
    client.wait_for("C-1")
    client.screenshot(Path("/tmp/w/teams-scratch/case.png"))
    client.press("Claim", under="C-1")
    client.wait_for("claimed, with Alex Wilber")
    client.press("Answer", under="C-1")
    client.screenshot(Path("/tmp/w/teams-scratch/form.png"))
    client.fill("Your answer *", "Ask us for the other logo.", under="C-1")
    client.press("Send the answer", under="C-1")
    client.wait_for("answered")
    client.screenshot(Path("/tmp/w/teams-scratch/answered.png"))
    client.in_personal_chat()
    client.wait_for("Ask us for the other logo.")
    client.screenshot(Path("/tmp/w/teams-scratch/comms-answer.png"))
