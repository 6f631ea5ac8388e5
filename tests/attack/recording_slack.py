"""A Slack that answers every method with "ok", and records what the bot writes."""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.browser.serving import served

TEAM, BOT_USER, USER, CHANNEL = "T1", "U0BOT", "U1", "C1"
SECRET = "the signing secret"  # noqa: S105 -- opens nothing
READS = ("auth.test", ".info", ".list", ".members", "users.conversations")
OK = {
    "ok": True,
    "id": "m-1",  # for Teams, which is recorded in the same way
    "team_id": TEAM,
    "user_id": BOT_USER,
    "bot_id": "B0",
    "ts": "1.1",
    "channel": {"id": "D1"},
    "user": {"id": USER, "team_id": TEAM, "real_name": "Ann Asker", "profile": {}},
}


@dataclass
class RecordingSlack:
    """`writes` are the paths to which the bot sent something."""

    address: str = ""
    writes: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        if not request.path.endswith(READS):
            self.writes.append(request.path)
        return web.json_response(OK)


@contextmanager
def recording_slack() -> Iterator[RecordingSlack]:
    slack, app = RecordingSlack(), web.Application()
    app.router.add_route("*", "/{path:.*}", slack.answer)
    with served(app) as slack.address:
        yield slack


def signed(body: bytes, at: float | None = None) -> dict[str, str]:
    """The headers with which Slack sends this body."""
    timestamp = str(int(time.time() if at is None else at))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(SECRET.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
