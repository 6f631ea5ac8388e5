"""The policies as pages, over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.handlers.web.chat_site import site
from tests.handlers.web.visitor import Visitor
from tests.toy import POLICY
from tests.toy_service import Toy, in_folder


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    with site(Toy(in_folder(tmp_path_factory.mktemp("pages")))) as running:
        yield running.visitor("Ann")


def test_every_policy_is_listed(reader: Visitor) -> None:
    status, html = reader.get("/policies")
    assert status == 200
    assert '<a href="/policies/toy">Toy guidance</a>' in html
    assert "Last reviewed April 2013" in html


def test_a_policy_says_which_edition_it_is_and_that_its_review_is_overdue(
    tmp_path: Path,
) -> None:
    edition = "version 2, in force since 3 May 2026, its review was due on 1 June 2026"
    policies = (replace(POLICY, edition=edition),)
    with site(Toy(in_folder(tmp_path), policies=policies)) as running:
        for path in ("/policies", "/policies/toy"):
            _, html = running.visitor("Ann").get(path)
            assert f"V{edition[1:]}, last reviewed April 2013" in html


def test_a_policy_has_each_clause_under_its_anchor(reader: Visitor) -> None:
    _, html = reader.get("/policies/toy")
    for anchor in ("1", "2-a", "2-b", "3", "4"):
        assert html.count(f'id="{anchor}"') == 1
        assert f'href="#{anchor}"' in html
    assert html.index("<h2>") < html.index("Avoid use of the council logo")


def test_a_quote_is_marked_in_its_clause(reader: Visitor) -> None:
    quote = "A%20phone%20is%20permitted%20in%20a%20meeting."
    for path in (f"/policies/toy?quote={quote}&at=3", f"/policies/toy/clauses/3?quote={quote}"):
        _, html = reader.get(path)
        assert "<mark>A phone is permitted in a meeting.</mark>" in html


def test_words_are_found_in_one_policy_and_in_all(reader: Visitor) -> None:
    for path in ("/policies?q=council+LOGO", "/policies/toy?q=council+LOGO"):
        _, html = reader.get(path)
        assert "1 clause contains “council LOGO”" in html
        assert "<mark>council</mark> <mark>logo</mark>" in html
        assert 'href="/policies/toy?q=council%20LOGO#1"' in html


def test_words_that_are_nowhere_are_said_to_be_nowhere(reader: Visitor) -> None:
    _, html = reader.get("/policies?q=zebra")
    assert "0 clauses contain “zebra”" in html


@pytest.mark.parametrize(
    "path",
    ["/policies?q={}", "/policies/toy?q={}", "/policies/toy?quote={}", "/policies/toy?at={}"],
)
def test_what_is_looked_for_comes_back_as_text_and_never_as_markup(
    reader: Visitor, path: str
) -> None:
    for hostile in ("%3Cscript%3Ealert(1)%3C/script%3E", "%22%20onfocus=alert(1)", "((((%5B%5C"):
        status, html = reader.get(path.format(hostile))
        assert status == 200
        assert "<script>alert" not in html
        assert '" onfocus' not in html


@pytest.mark.parametrize(
    "path",
    [
        "/policies/..%2f..%2fsettings.py",
        "/policies/%2e%2e/settings.py",
        "/policies/nothing",
        "/policies/toy/clauses/99",
        "/policies/toy/clauses/..%2f..%2fbase.html",
        "/static/x/..%2f..%2fweb_pages.py",
    ],
)
def test_what_is_no_policy_and_no_clause_is_no_page(reader: Visitor, path: str) -> None:
    status, html = reader.get(path)
    assert status == 404
    assert "There is no such page." in html or path.startswith("/static")
