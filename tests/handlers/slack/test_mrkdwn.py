import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.mrkdwn import LINK, LONGEST_UPDATE, cut, fallback, pieces, unlinked
from tests.handlers.slack.fake.reading import rendered


@given(st.text(), st.integers(2, 50))
def test_a_text_in_pieces_is_whole_and_each_is_short(text: str, longest: int) -> None:
    parts = list(pieces(text, longest))
    assert "".join(parts) == text
    assert all(0 < len(part) <= longest for part in parts)


@given(st.text(), st.integers(2, 50))
def test_a_cut_text_is_short_and_begins_as_it_did(text: str, longest: int) -> None:
    short = cut(text, longest)
    assert len(short) <= longest
    assert short == text or text.startswith(short[:-1])


@given(st.text())
def test_a_fallback_is_never_empty_and_has_no_links(text: str) -> None:
    shown = fallback(text * 50)
    assert 0 < len(shown) <= LONGEST_UPDATE
    assert shown.strip()
    assert rendered(shown).live_parts == ()


def test_an_address_stays_readable_but_leads_nowhere() -> None:
    assert rendered(unlinked("https://a.example")).links == ()
    assert unlinked("https://a.example").replace("\u2060", "") == "https://a.example"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]),
        (
            "(https://a.example/?q=1), mailto:a@b.example!",
            ["https://a.example/?q=1", "mailto:a@b.example"],
        ),
        ("http:// and www.a.example", []),
    ],
)
def test_links_end_before_the_punctuation_after_them(text: str, links: list[str]) -> None:
    assert LINK.findall(text) == links
