"""What no browser sends to the pages: each gets one clear sentence, and others are not harmed."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.desk import databases
from tests.desk.council import JANE
from tests.handlers.web.chat_page import COVERED
from tests.handlers.web.chat_site import Site
from tests.handlers.web.colleague import Colleague
from tests.handlers.web.desk_site import DeskSite, desk_site
from tests.toy_service import Toy

FORM = "application/x-www-form-urlencoded"
DEEP = "[" * 100_000
BODIES = [
    ("a bogus charset", f"{FORM}; charset=klingon", b"text=hello"),
    ("another charset", f"{FORM}; charset=utf-16", "text=hello".encode("utf-16")),
    (
        "multipart",
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data\r\n\r\n",
    ),
    ("multipart without a boundary", "multipart/form-data", b"hello"),
    ("multipart with a file", "multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n"),
    ("deep JSON", "application/json", DEEP.encode()),
    ("no kind", "", b"text=hello"),
    ("a broken kind", ";;;=;", b"text=hello"),
    ("bytes that are no text", FORM, b"text=\xff\xfe"),
    ("a raw surrogate", FORM, b"text=\xed\xa0\x80"),
    ("too many fields", FORM, b"a=1&" * 5000),
    ("nothing", FORM, b""),
]
TEXTS = [
    ("a zero byte", "may I have the lo%00go on my blog"),
    ("an escaped surrogate", "may I have the logo%ED%A0%80 on my blog"),
    ("escaped bytes that are no text", "may I have the logo%FF%FE on my blog"),
    ("a broken escape", "may I have the logo%G1% on my blog"),
]
ADDRESSES = ["%00", "a%00b", "%ED%A0%80", "%FF", "%", "%G1", "\\", "%2e%2e%2f", "%7F", "%C3%A9"]


@pytest.mark.parametrize(
    ("kind", "body"), [each[1:] for each in BODIES], ids=[b[0] for b in BODIES]
)
def test_a_body_that_is_no_form_of_ours_is_refused(running: Site, kind: str, body: bytes) -> None:
    ann = running.visitor("Ann")
    for path in ("/ask", "/feedback", "/withdraw"):
        status, page = ann.request("POST", path, body, {"Content-Type": kind})
        assert status in (400, 403, 415), page
        assert page.count('role="alert"') == 1
    assert len(ann.ask(COVERED).entries) == 2


@pytest.mark.parametrize("text", [each[1] for each in TEXTS], ids=[each[0] for each in TEXTS])
def test_a_question_with_what_is_no_text_is_answered_without_it(running: Site, text: str) -> None:
    ann = running.visitor("Ann")
    token = ann.page().forms[0].fields["csrf_token"]
    body = f"csrf_token={token}&token=t&text={text}".encode()
    status, _ = ann.request("POST", "/ask", body, {})
    assert status == 303
    assert "Avoid use of the council logo" in ann.page().entries[-1].text


@pytest.fixture(scope="module")
def on_postgresql() -> Iterator[DeskSite]:
    """PostgreSQL refuses some characters that SQLite takes."""
    with databases.postgresql() as server:
        address = databases.fresh(server)
        with desk_site(Toy(address)) as started:
            yield started
        databases.drop(server, address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_what_is_no_text_is_one_sentence(
    on_postgresql: DeskSite, address: str
) -> None:
    jane = Colleague(on_postgresql.address, on_postgresql.secret(JANE))
    for path in (
        f"/desk?text={address}",
        f"/desk?status={address}&reason={address}",
        f"/desk/cases/C-{address}",
        f"/desk/published/P-{address}",
        f"/desk/insights?days={address}",
        f"/policies?q={address}",
        f"/static/0/{address}",
        f"/{address}",
    ):
        assert jane.get(path).status in (200, 400, 404), path
    assert jane.get("/desk").status == 200


def raw(address: str, request: bytes) -> int:
    """The status of the answer to these very bytes."""
    place = urlsplit(address)
    with socket.create_connection(
        (str(place.hostname), place.port or 80), timeout=10
    ) as connection:
        connection.sendall(request)
        return int(connection.recv(100).split()[1])


@pytest.mark.parametrize(
    "line",
    [
        b"GET /\xff HTTP/1.1",
        b"GET /?q=\xff\xfe HTTP/1.1",
        b"GET /policies?q=\xed\xa0\x80 HTTP/1.1",
        b"GET /policies/\xed\xa0\x80 HTTP/1.1",
        b"GET http://[ HTTP/1.1",
        b"GET //// HTTP/1.1",
        b"GET * HTTP/1.1",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1",
        b"NONSENSE / HTTP/1.1",
        b"GET / HTTP/9.9",
    ],
)
def test_a_request_line_that_no_browser_sends_is_refused(running: Site, line: bytes) -> None:
    status = raw(running.address, line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert 400 <= status < 500 or status == 505 or (status == 200 and line == b"GET //// HTTP/1.1")
    assert running.visitor("Ann").get("/")[0] == 200


@pytest.mark.parametrize(
    "header",
    [
        b"Cookie: visitor=\xff\xfe; desk=\xff",
        b"Cookie: " + b"a=b; " * 1000,
        b"Cookie: visitor=" + b"a" * 200_000,
        b"Origin: \xff",
        b"Accept: \xff",
        b"Last-Event-ID: \xff",
        b"X-Forwarded-For: \xff" + b"," * 1000,
        b"Host: \xff",
        b"Host: [",
        b"Host: a:b:c",
        b"Content-Type: \xff",
    ],
)
def test_a_header_that_no_browser_sends_breaks_nothing(running: Site, header: bytes) -> None:
    lines = (b"GET / HTTP/1.1", b"GET /policies HTTP/1.1", b"POST /ask HTTP/1.1")
    for line in lines:
        rest = b"\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
        assert raw(running.address, line + rest + header + b"\r\n\r\n") < 500
    assert running.visitor("Ann").get("/")[0] == 200


def test_a_refused_form_says_what_to_set(running: Site) -> None:
    ann = running.visitor("Ann")
    status, page = ann.request(
        "POST", "/ask", b"text=hello", {"Origin": "https://policy.example.gov.uk"}
    )
    assert status == 403
    assert "must set PUBLIC_URL=https://policy.example.gov.uk" in page


def test_what_was_written_is_shown_where_a_form_is_refused(running: Site) -> None:
    ann = running.visitor("Ann")
    status, page = ann.request("POST", "/ask", b"csrf_token=old&text=My+long+<b>question", {})
    assert status == 403
    assert "My long &lt;b&gt;question</textarea>" in page
