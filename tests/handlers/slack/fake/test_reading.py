import pytest

from tests.handlers.slack.fake.reading import all_live_parts, rendered, typed


@pytest.mark.parametrize(
    ("text", "plain", "live_parts"),
    [
        ("See <https://x.org|the site>", "See the site", ("https://x.org",)),
        ("See https://x.org now", "See https://x.org now", ("https://x.org",)),
        ("<!channel> read", "!channel read", ("channel",)),
        ("<!subteam^S1|@comms> read", "@comms read", ("subteam^S1",)),
        ("<@U1>, see <#C1|general>", "@U1, see general", ("U1", "C1")),
        ("&lt;!channel&gt; &amp; &lt;@U1&gt;", "<!channel> & <@U1>", ()),
        ("due <!date^1^{date}|on Monday>", "due on Monday", ()),
        ("1 < 2 > 0", "1 < 2 > 0", ()),
    ],
)
def test_mentions_and_links_come_alive_unless_escaped(
    text: str, plain: str, live_parts: tuple[str, ...]
) -> None:
    assert (rendered(text).plain, rendered(text).live_parts) == (plain, live_parts)


def test_what_is_typed_is_stored_escaped_but_for_what_was_picked() -> None:
    stored = typed("<@U1> is 1 < 2 & why? https://x.org")
    assert stored == "<@U1> is 1 &lt; 2 &amp; why? <https://x.org>"
    assert rendered(stored).live_parts == ("U1", "https://x.org")


def test_live_mentions_are_found_inside_blocks() -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Ask <@U1>"}}
    assert all_live_parts(("plain", [block])) == ("U1",)
