"""The words of a message, as Teams sends it with everything around them."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversation.message_flags import MessageFlags, read_flags
from handlers.teams.activity import Activity, read_activity
from handlers.teams.message_text import MessageText, plain_text, read_message
from tests.handlers.teams.fake_teams import Person, mention
from tests.handlers.teams.tenant import BOT, BOT_NAME

ANN = Person("Ann", "http://localhost/", "19:x@thread.tacv2;messageid=5", "channel")
TO_BOT, TO_BOB = mention(BOT_NAME, BOT), mention("Bob Borough", "29:bob")
AT_BOT, AT_BOB = f"<at>{BOT_NAME}</at>", "<at>Bob Borough</at>"
REPLY = (
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1700">'
    '<strong itemprop="mri">Jane</strong><p itemprop="preview">Yes, <blockquote>as ever'
    "</blockquote> you may.</p></blockquote>"
)
FORWARD = '<blockquote itemtype="http://schema.skype.com/Forward"><p>Can you help?</p></blockquote>'


def activity(text: str, *entities: Any, **other: Any) -> Activity:
    written = ANN.activity("message", text=text, entities=list(entities), **other)
    return read_activity(json.dumps(written).encode())


def read(text: str, *entities: Any, **other: Any) -> MessageText:
    return read_message(activity(text, *entities, **other))


def html(content: str) -> list[dict[str, str]]:
    return [{"contentType": "text/html", "content": content}]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (f"{AT_BOT}&nbsp;may I post?", "may I post?"),
        (f"may I post, {AT_BOT}?", "may I post, ?"),
        (f"{AT_BOT} what is {BOT_NAME} for?", f"what is {BOT_NAME} for?"),
        (f'<at id="0">{BOT_NAME}</at> may I post?', "may I post?"),
        (f"{BOT_NAME} may I post?", "may I post?"),
        (f"@{BOT_NAME} may I post?", "may I post?"),
        (f"may I ask {BOT_NAME}?", f"may I ask {BOT_NAME}?"),
    ],
)
def test_the_mention_of_the_bot_is_left_out_and_its_name_is_not(written: str, words: str) -> None:
    assert read(written, TO_BOT).text == words


def test_other_people_who_are_mentioned_stay_as_names() -> None:
    assert read(f"{AT_BOT} may {AT_BOB} post?", TO_BOB, TO_BOT).text == "may Bob Borough post?"


def test_a_person_of_the_bots_name_stays() -> None:
    namesake = mention(BOT_NAME, "29:namesake")
    assert read(f"{AT_BOT} ask {AT_BOT}", TO_BOT, namesake).text == f"ask {BOT_NAME}"


@pytest.mark.parametrize(
    "entity",
    [
        {},
        {"type": "mention"},
        {"type": "mention", "text": None, "mentioned": None},
        {"type": "mention", "mentioned": "Bob"},
        {"type": "mention", "text": 1, "mentioned": {"id": 2}},
        {"type": "clientInfo"},
        "mention",
        None,
    ],
)
def test_an_entity_without_its_fields_harms_nothing(entity: Any) -> None:
    assert read(f"{AT_BOT} may I post?", entity, TO_BOT).text == "may I post?"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("&lt;b&gt; &amp;amp; 1 &lt; 2", "<b> &amp; 1 < 2"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ("<b>unnamed:</b> may I?", "unnamed: may I?"),
        ('<div><attachment id="1"></attachment>may I?</div>', "may I?"),
        (" \u200b may  I\xa0\xa0post? \r\n", "may I post?"),
        ("&#" + "9" * 5_000 + ";", "\ufffd"),
        ("&#x" + "f" * 5_000 + ";", "\ufffd"),
    ],
)
def test_markup_becomes_words(written: str, words: str) -> None:
    assert read(written).text == words


@pytest.mark.parametrize(
    "marker",
    [
        '<quoted messageId="1700"/>',
        '<quoted messageId="1700"></quoted>',
        '<quoted messageId="1700" />\n',
        REPLY,
    ],
)
@pytest.mark.parametrize("words", ["thanks", "help", "unnamed: may I post?"])
def test_the_message_that_is_replied_to_is_no_part_of_the_words(marker: str, words: str) -> None:
    message = read(f"{marker} {words}")
    assert (message.text, message.quoted) == (words, ("1700",))


def test_several_messages_may_be_quoted() -> None:
    message = read('<quoted messageId="1"/> <quoted messageId="2"/> both?')
    assert (message.text, message.quoted) == ("both?", ("1", "2"))


@pytest.mark.parametrize(
    "flagged",
    [
        f"{AT_BOT} unnamed: may I post?",
        f"{AT_BOT}, unnamed: may I post?",
        f"{AT_BOT}&nbsp; <strong>Unnamed:</strong> may I post?",
        f"{AT_BOT} **unnamed:** may I post?",
        f'<quoted messageId="1"/>{AT_BOT}   unnamed : may I post?',
        f"unnamed: {AT_BOT} may I post?",
    ],
)
def test_a_flag_is_read_wherever_the_mention_stands(flagged: str) -> None:
    flags = read_flags(read(flagged, TO_BOT).text)
    assert flags == MessageFlags("may I post?", unnamed=True)


@pytest.mark.parametrize(
    ("written", "for_others"),
    [
        (f"{AT_BOB}, can you look at this? {AT_BOT}", True),
        (f"{AT_BOB} {AT_BOT} may we post?", False),
        (f"{AT_BOT} {AT_BOB} may we post?", False),
        (f"may {AT_BOB} post, {AT_BOT}?", False),
        ("may we post?", False),
    ],
)
def test_a_message_that_begins_with_another_mention_is_for_that_person(
    written: str, *, for_others: bool
) -> None:
    assert read(written, TO_BOT, TO_BOB).is_for_others is for_others


@pytest.mark.parametrize(
    ("kind", "is_file"),
    [
        ("application/vnd.microsoft.teams.file.download.info", True),
        ("image/png", True),
        ("text/html", False),
        ("application/vnd.microsoft.card.adaptive", False),
    ],
)
def test_files_and_pictures_are_told_from_cards(kind: str, *, is_file: bool) -> None:
    assert read("", attachments=[{"contentType": kind}]).has_files is is_file


def test_a_forwarded_message_is_no_part_of_the_words() -> None:
    """Teams puts both into the text; the attachment tells them apart."""
    alone = read("Can you help?", attachments=html(FORWARD))
    assert (alone.text, alone.is_forwarded) == ("", True)
    own = f'<p><span itemtype="http://schema.skype.com/Mention">{BOT_NAME}</span> may I?</p>'
    both = read("may I?\r\n\r\nCan you help?", TO_BOT, attachments=html(own + FORWARD))
    assert (both.text, both.is_forwarded) == ("may I?", True)


PIECES = (
    "<",
    "<at",
    "<at>",
    "<at>x</at>",
    AT_BOT,
    "</p",
    "<quoted",
    "<quoted>",
    '<quoted messageId="',
    "<blockquote ",
    REPLY,
    '<blockquote itemtype="http://schema.skype.com/Reply">',
    "</blockquote>",
    "<span http://schema.skype.com/Mention",
    '<span itemtype="http://schema.skype.com/Mention">x</span>',
    "&#9",
    "&#x",
    "&",
    " ",
    "\xa0",
    "a",
)


def seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time, in which other processes do not count."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("where", ["text", "forwarded", "extension"])
def test_reading_takes_time_in_proportion_to_the_length(piece: str, where: str) -> None:
    """A quadratic pattern would take four times as long for twice the length."""

    def read_it(length: int) -> Callable[[], object]:
        text = (piece * length)[:length]
        if where == "extension":
            return lambda: plain_text(text)
        attachments = html(FORWARD + text) if where == "forwarded" else []
        written = activity(text, TO_BOT, attachments=attachments)
        return lambda: read_message(written)

    once, twice = seconds(read_it(250_000)), seconds(read_it(500_000))
    assert twice < 3 * once + 0.05  # the least that the clock can tell


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=20))
def test_markup_of_any_kind_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert isinstance(read(text, TO_BOT, attachments=html(text + FORWARD)).text, str)
