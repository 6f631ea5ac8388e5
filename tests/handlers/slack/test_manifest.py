"""The manifest asks for what the code uses, and for nothing else."""

import re
from pathlib import Path

from handlers.slack.blocks.asker_views import ASK_FORM
from handlers.slack.listeners.registration import COMMAND, SHORTCUT
from tests.handlers.slack.fake.web_api import METHODS
from tests.handlers.slack.manifest import FILE, manifest, scopes, subscriptions

HANDLERS = Path(__file__).parents[3] / "handlers" / "slack"
CALL = re.compile(r"client\.(\w+)\(")
HEARD = re.compile(r"bolt\.event\(\"(\w+)\"")
REASON = re.compile(r"^ +- [a-z_.:]+ # .+")
OF_EVENTS = {
    "app_mention": "app_mentions:read",
    "link_shared": "links:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}
# Named by Slack in camel case, and by its library with an underscore for each dot.
NAMES = {name.replace(".", "_"): name for name in METHODS}


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in HANDLERS.rglob("*.py"))


def called() -> set[str]:
    return {NAMES[name] for name in CALL.findall(sources()) if name in NAMES}


def test_every_call_of_slack_is_known_to_the_fake() -> None:
    assert {name for name in CALL.findall(sources()) if "_" in name} <= {*NAMES}
    assert len(called()) > 10


def test_every_call_is_allowed_by_a_scope_of_the_manifest() -> None:
    for method in called() - {"apps.connections.open"}:
        wanted = METHODS[method].scopes.split()
        assert not wanted or scopes() & {*wanted}, method


def test_every_scope_is_needed() -> None:
    of_calls = {scope for method in called() for scope in METHODS[method].scopes.split()}
    of_events = {OF_EVENTS[name] for name in subscriptions() if name in OF_EVENTS}
    assert scopes() <= of_calls | of_events | {"commands"}


def test_the_events_are_those_that_are_listened_to() -> None:
    kinds = {name.partition(".")[0] for name in subscriptions()}
    assert kinds == {*HEARD.findall(sources())}


def test_each_scope_has_its_reason_beside_it() -> None:
    text = FILE.read_text(encoding="utf-8")
    block = text.partition("    bot:\n")[2].partition("settings:")[0].rstrip()
    for line in block.splitlines():
        assert REASON.match(line), line


def test_command_and_shortcut_are_those_of_the_code() -> None:
    features = manifest()["features"]
    assert [each["command"] for each in features["slash_commands"]] == [COMMAND]
    shortcuts = {each["type"]: each["callback_id"] for each in features["shortcuts"]}
    assert shortcuts == {"global": ASK_FORM, "message": SHORTCUT}
    for each in features["shortcuts"]:  # docs.slack.dev/reference/app-manifest
        assert len(each["name"]) <= 24
        assert len(each["description"]) <= 150


def test_the_agent_is_the_one_of_today() -> None:
    features = manifest()["features"]
    assert "agent_view" in features
    assert "assistant_view" not in features
    assert len(features["agent_view"]["agent_description"]) <= 300
