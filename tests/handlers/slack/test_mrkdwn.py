import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.mrkdwn import (
    LONGEST_UPDATE,
    cut,
    fallback,
    mentions,
    pieces,
    read,
    unlinked,
    without_mention,
)
from tests.handlers.slack.fake.reading import rendered, typed


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("May I &lt;post&gt; &amp; go?", "May I <post> & go?"),
        ("ask <@U0ANN> or <#C1|general>", "ask @somebody or #general"),
        ("<!channel> <!subteam^S1|@press>", "@channel @press"),
        ("see <https://a.example|the page>", "see the page"),
        ("see <https://a.example>", "see https://a.example"),
        ("to <mailto:a@b.example|a@b.example>", "to a@b.example"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_what_was_typed_is_read_as_it_was_seen(sent: str, seen: str) -> None:
    assert read(sent) == seen


@given(st.text(alphabet=st.characters(exclude_characters="<>@#!"), max_size=200))
def test_reading_undoes_what_slack_does_to_plain_words(text: str) -> None:
    assert read(typed(text)) == text.strip()


def test_a_mention_is_found_and_taken_away() -> None:
    assert mentions("<@U0BOT> may I?", "U0BOT")
    assert mentions("<@U0BOT|bot> may I?", "U0BOT")
    assert not mentions("<@U0ANN> may I?", "U0BOT")
    assert without_mention("<@U0BOT> may <@U0BOT|bot> I?", "U0BOT") == " may  I?"


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
def test_a_fallback_is_never_empty_nor_alive(text: str) -> None:
    said = fallback(text * 50)
    assert 0 < len(said) <= LONGEST_UPDATE
    assert said.strip()
    assert rendered(said).alive == ()


def test_an_address_stays_readable_but_leads_nowhere() -> None:
    assert rendered(unlinked("https://a.example")).links == ()
    assert unlinked("https://a.example").replace("\u2060", "") == "https://a.example"
