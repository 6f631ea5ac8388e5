"""Slack's rich text: docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from tests.handlers.slack.fake.shapes import (
    Check,
    a_bool,
    anything,
    listed,
    one_of,
    shape,
    string,
    typed,
    whole,
)

MOST = 10_000  # Slack names no number; the whole message is bounded elsewhere
STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), a_bool))


def _part(**required: Check) -> Check:
    return shape({"type": anything, **required}, {"style": STYLE})


PARTS = typed(
    {
        "text": _part(text=string(MOST)),
        "link": shape(
            {"type": anything, "url": string(3000)},
            {"text": string(MOST), "style": STYLE, "unsafe": a_bool},
        ),
        "emoji": shape({"type": anything, "name": string(255)}, {"unicode": string(255)}),
        "user": _part(user_id=string(255)),
        "usergroup": _part(usergroup_id=string(255)),
        "channel": _part(channel_id=string(255)),
        "broadcast": _part(range=one_of("here", "channel", "everyone")),
    }
)
INDENT = {"indent": whole(0, 8), "offset": whole(0, MOST), "border": whole(0, 1)}


def _holding(item: Check, **more: Check) -> Check:
    return shape({"type": anything, "elements": listed(item, 1, MOST)}, more)


SECTION = _holding(PARTS)
ELEMENTS = typed(
    {
        "rich_text_section": SECTION,
        "rich_text_list": shape(
            {
                "type": anything,
                "style": one_of("bullet", "ordered"),
                "elements": listed(typed({"rich_text_section": SECTION}), 1, MOST),
            },
            INDENT,
        ),
        "rich_text_preformatted": _holding(PARTS, border=whole(0, 1)),
        "rich_text_quote": _holding(PARTS, border=whole(0, 1)),
    }
)
