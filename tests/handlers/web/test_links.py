import pytest

from handlers.web.links import linked


def test_an_https_address_is_a_link_and_what_follows_it_is_text() -> None:
    assert linked("See https://a.example/b?c=1&d=2. Bye") == (
        'See <a href="https://a.example/b?c=1&amp;d=2" rel="noopener noreferrer">'
        "https://a.example/b?c=1&amp;d=2</a>. Bye"
    )
    assert 'href="https://a.example/b"' in linked("(see https://a.example/b)")


@pytest.mark.parametrize(
    "text",
    ["http://a.example", "javascript:alert(1)", "www.a.example", "https://", "data:text/html,x"],
)
def test_nothing_else_is_a_link(text: str) -> None:
    assert linked(text) == text


@pytest.mark.parametrize(
    "text", ["<b>x</b>", 'https://a.example/"onclick="x', "https://a.example/<b>"]
)
def test_what_somebody_wrote_never_becomes_markup(text: str) -> None:
    shown = linked(text).replace('<a href="', "").replace('" rel="noopener noreferrer">', "")
    assert "<" not in shown.replace("</a>", "")
    assert '"' not in shown
