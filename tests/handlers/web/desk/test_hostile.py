"""What somebody might try at the desk who should not get anywhere."""

import pytest
from playwright.sync_api import BrowserContext, expect

from desk.model.case import Status
from desk.services.switches import Switch
from tests.desk.council import ANN, JANE, incoming
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import OLIVE, RITA, DeskSite

SCRIPT = (
    "who runs the training and the meeting? <script>document.title='owned'</script>"
    "<img src=x onerror=\"document.title='owned'\"> </textarea><svg onload=alert(1)>"
    "\"'><b id=broken>{{ 7*7*1234567 }}"
)
PAGES = (
    "/desk",
    "/desk/cases/C-1",
    "/desk/published",
    "/desk/gaps",
    "/desk/insights",
    "/desk/switches",
    "/desk/test",
    "/desk/conversations",
    "/desk/conversations/Q-1",
    "/desk/records",
    "/desk/records/audit.csv",
    "/desk/records/report.csv",
    "/desk/records/report.json",
    "/desk/events",
)
OWNERS = PAGES[9:13]
STEPS = ("claim", "take-over", "release", "answer", "correct", "close", "reopen", "publish")


@pytest.mark.parametrize("path", PAGES)
def test_an_asker_sees_nothing_of_the_desk(site: DeskSite, path: str) -> None:
    site.case()
    told = Colleague(site.address).get(path)
    assert told.status == 403
    assert "training" not in told.text


def test_an_asker_takes_no_step_of_anybodys_case(site: DeskSite) -> None:
    before = site.case()
    stranger = Colleague(site.address)
    for step in STEPS:
        assert stranger.post(f"/desk/cases/C-1/{step}", since="1", text="x").status == 403
    assert site.service.desk.casework.show("C-1") == before


def test_an_asker_reaches_no_question_of_somebody_else(site: DeskSite) -> None:
    """Ids are numbers that anybody can guess; whose they are is checked each time."""
    case = site.case()
    visitor = Colleague(site.address, headers={"Cookie": f"visitor={'v' * 43}"})
    page = visitor.get("/").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    for path, fields in (
        ("/feedback", {"question": "1", "verdict": "helpful"}),
        ("/ask-comms", {"question": "1"}),
        ("/complain", {"question": "1"}),
        ("/add", {"ref": case.ref, "text": "mine now"}),
        ("/withdraw", {"ref": case.ref}),
    ):
        visitor.post(path, **fields, csrf_token=token)
        assert "training" not in visitor.get("/").text
    after = site.service.desk.casework.show(case.ref)
    assert (after.status, after.events) == (Status.OPEN, case.events)


def test_a_reader_changes_nothing(site: DeskSite) -> None:
    before = site.case()
    reader = Colleague(site.address, site.secret(RITA))
    assert reader.get("/desk/cases/C-1").status == 200
    for step in (*STEPS, "preview"):
        since = str(before.events[-1].id)
        assert reader.post(f"/desk/cases/C-1/{step}", since=since, text="x").status == 403
    assert reader.post("/desk/switches", switch=Switch.OFF, state="on").status == 403
    assert site.service.desk.casework.show("C-1") == before


def test_only_an_owner_takes_out_erases_or_switches(site: DeskSite) -> None:
    site.case()
    colleague = Colleague(site.address, site.secret(JANE))
    assert [colleague.get(path).status for path in OWNERS] == [403] * len(OWNERS)
    assert colleague.post("/desk/switches", switch=Switch.OFF, state="on").status == 403
    assert colleague.post("/desk/records/person", key=ANN.key).status == 403
    erased = colleague.post("/desk/records/erase", key=ANN.key, again=ANN.key)
    assert erased.status == 403
    assert site.service.desk.switches.on() == frozenset()
    assert site.service.desk.casework.show("C-1").question != ""


def test_a_form_from_another_site_changes_nothing(site: DeskSite) -> None:
    case = site.case()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        victim = Colleague(site.address, site.secret(JANE), headers)
        since = str(case.events[-1].id)
        assert victim.post("/desk/cases/C-1/claim", since=since).status == 403
    forger = Colleague(site.address, site.secret(JANE))
    assert forger.post("/desk/cases/C-1/claim", csrf_token="0" * 64).status == 403
    assert site.service.desk.casework.show("C-1").status is Status.OPEN


def test_nothing_is_changed_by_opening_an_address(site: DeskSite) -> None:
    site.case()
    owner = Colleague(site.address, site.secret(OLIVE))
    for step in STEPS:
        assert owner.get(f"/desk/cases/C-1/{step}").status == 405
    assert owner.get("/desk/records/erase").status == 405


def test_a_script_in_a_question_stays_text_on_every_page(
    site: DeskSite, context: BrowserContext
) -> None:
    desk = site.service.desk
    case = site.case(SCRIPT)
    desk.casework.answer(case.ref, JANE, SCRIPT, case.closest[:1])
    owner = Colleague(site.address, site.secret(OLIVE))
    owner.post(
        f"/desk/cases/{case.ref}/publish",
        since=str(desk.casework.show(case.ref).events[-1].id),
        question=SCRIPT,
        text=SCRIPT,
        owner=SCRIPT[:200],
        review_by="2027-01-01",
        cite="toy#2-a",
    )
    page = site.page(context, OLIVE)
    for path in (*PAGES[:10], "/desk?status=all", "/desk/published/P-1"):
        page.goto(f"{site.address}{path}")
        expect(page.locator("h1")).to_have_count(1)
        assert page.title() != "owned"
        assert page.locator("#broken").count() == 0
        assert "60493783" not in page.inner_text("main")


def test_a_script_in_the_address_stays_text(site: DeskSite) -> None:
    colleague = Colleague(site.address, site.secret(JANE))
    for path in ("/desk?text=%22%3E%3Cscript%3E", "/desk?status=%3Cscript%3E&reason=%3Cscript%3E"):
        told = colleague.get(path)
        assert told.status == 200
        assert "<script>" not in told.text


def test_a_page_takes_no_inline_script(site: DeskSite, context: BrowserContext) -> None:
    page = site.page(context, JANE)
    with pytest.raises(Exception, match="Content Security Policy"):
        page.add_script_tag(content="document.title = 'owned'")
    assert page.title() != "owned"


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/..%2f..%2fsettings.py",
        "/static/../../settings.py",
        "/static/x/%2e%2e/%2e%2e/settings.py",
        "/desk/cases/..%2f..%2fetc%2fpasswd",
        "/desk/published/..%2f..%2fC-1",
        "/desk/cases/C-99999999999999999999",
        "/desk/cases/C-404",
        "/desk/published/P-404",
    ],
)
def test_a_path_leads_nowhere_else(site: DeskSite, path: str) -> None:
    site.case()
    told = Colleague(site.address, site.secret(JANE)).get(path)
    assert told.status == 404
    assert "BaseSettings" not in told.text


def test_nonsense_in_a_form_is_a_sentence(site: DeskSite) -> None:
    case = site.case()
    since = str(case.events[-1].id)
    colleague = Colleague(site.address, site.secret(JANE))
    for fields in (
        {"since": "x", "text": "a"},
        {"since": "9" * 30, "text": "a"},
        {"since": since, "text": ""},
        {"since": since, "text": "a", "cite": "toy#nowhere"},
    ):
        told = colleague.post("/desk/cases/C-1/answer", **fields)
        assert told.status == 409
        assert 'role="alert"' in told.text
    assert site.service.desk.casework.show("C-1") == case
    erased = Colleague(site.address, site.secret(OLIVE)).post(
        "/desk/records/erase", key=ANN.key, again="another"
    )
    assert erased.status == 409
    site.service.conversation.ask(incoming())


def test_a_stolen_cookie_of_a_closed_session_is_worth_nothing(site: DeskSite) -> None:
    secret = site.secret(JANE)
    colleague = Colleague(site.address, secret)
    assert colleague.post("/sign-out").status == 303
    assert Colleague(site.address, secret).get("/desk").status == 403
