"""Whatever is sent to /api/messages is read, or refused with one sentence."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.teams.activity import LONGEST_ID, NOT_AN_ACTIVITY, read_activity
from handlers.teams.address import Place
from handlers.teams.message_text import read_message
from handlers.teams.surface import ROUTE
from knowledge.errors import BadInput
from tests.handlers.teams.in_process import ANN, TeamsInProcess
from tests.handlers.teams.running import Bot, running
from tests.toy_service import Toy, in_folder

FIELDS = (
    "type id timestamp name action channelId serviceUrl text entities attachments value from "
    "recipient conversation channelData"
).split()
KINDS = "message messageUpdate messageDelete installationUpdate invoke conversationUpdate".split()
NAMES = "adaptiveCard/action composeExtension/query composeExtension/submitAction".split()
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
BROKEN = st.dictionaries(st.sampled_from(FIELDS), ANY_JSON, max_size=4)


def sent(activity: dict[str, Any]) -> bytes:
    return json.dumps(activity).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"type": "message"}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 5_000,
        sent(ANN.says("x") | {"conversation": None}),
        sent(ANN.says("x") | {"from": {"name": "Ann"}}),
        sent(ANN.says("x") | {"id": "1" * (LONGEST_ID + 1)}),
        sent(ANN.says("x") | {"from": {"id": "29:" + "x" * LONGEST_ID}}),
    ],
    ids=lambda body: str(body[:30]),
)
def test_what_is_no_activity_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match=NOT_AN_ACTIVITY):
        read_activity(body)


def test_null_characters_and_half_characters_are_left_out() -> None:
    """A database refuses them, and the words around them are still a question."""
    body = sent(ANN.says("may\0 I \ud83d post")).replace(b"Ann", b"A\\u0000nn")
    activity = read_activity(body)
    assert activity.text == "may I ? post"
    assert activity.sender.name == "Ann"


def test_a_kind_of_conversation_that_teams_may_add_counts_as_a_group() -> None:
    body = sent(ANN.says("x") | {"conversation": {"id": "19:x", "conversationType": "meeting"}})
    assert read_activity(body).address.place is Place.GROUP


def test_a_tenant_stands_in_the_conversation_or_in_the_data_of_the_channel() -> None:
    plain = ANN.says("x")
    elsewhere = plain | {"conversation": {"id": "a:1"}}
    assert read_activity(sent(plain)).address.tenant == plain["channelData"]["tenant"]["id"]
    assert read_activity(sent(elsewhere)).address.tenant == plain["channelData"]["tenant"]["id"]


@settings(max_examples=200, deadline=None)
@given(BROKEN)
def test_fields_of_any_kind_are_read_or_refused(broken: dict[str, Any]) -> None:
    try:
        activity = read_activity(sent(ANN.says("x") | broken))
    except BadInput:
        return
    read_message(activity)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(BROKEN, st.sampled_from(KINDS), st.sampled_from(NAMES))
def test_the_bot_handles_whatever_was_read(
    teams: TeamsInProcess, broken: dict[str, Any], kind: str, name: str
) -> None:
    try:
        activity = read_activity(sent(ANN.activity(kind, name=name) | broken))
    except BadInput:
        return
    assert not teams.take(activity).is_lost


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with running(Toy(in_folder(tmp_path_factory.mktemp("trial"))).service()) as started:
        yield started


@pytest.mark.parametrize("charset", ["utf-8", "bogus", "utf-16", "\x00", "''", "idna"])
def test_a_charset_of_any_name_changes_nothing(bot: Bot, charset: str) -> None:
    """JSON is UTF-8, whatever the header says."""
    kind = f"application/json; charset={charset}".replace("\x00", "%00")
    body = json.dumps(bot.person("Ann").says("may I post “é”?"), ensure_ascii=False).encode()
    request = Request(bot.address + ROUTE, body, {"Content-Type": kind})  # noqa: S310 -- this machine
    with urlopen(request) as response:  # noqa: S310 -- this machine
        assert response.status == 202


@pytest.mark.parametrize("body", [b"nonsense", b"{}", b"[" * 100_000, b"\xff"])
def test_a_body_that_is_no_activity_is_a_bad_request(bot: Bot, body: bytes) -> None:
    request = Request(bot.address + ROUTE, body, {"Content-Type": "application/json"})  # noqa: S310 -- this machine
    with pytest.raises(OSError, match="400"):
        urlopen(request)  # noqa: S310 -- this machine
