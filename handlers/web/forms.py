"""A form as it was sent."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from knowledge.errors import BadInput

TOKEN = "token"  # noqa: S105 -- the name of a field
NOT_COUNTED = ("csrf_token",)


@dataclass(frozen=True, slots=True)
class Form:
    """`event` is the same when the same words are sent again from the same form: by a double
    click, by a reload. Other words from it, after going back, are something else."""

    event: str
    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def number(self, name: str) -> int:
        """Raises BadInput."""
        given = self.text(name)
        if not given.isdecimal() or len(given) > 18:
            raise BadInput(f"{name} must be a number, and is {given[:40]!r}.")
        return int(given)


async def form_of(request: web.Request) -> Form:
    sent = await request.post()
    # PostgreSQL keeps no text with a zero byte in it.
    fields = {
        name: value.replace("\0", "") for name, value in sent.items() if isinstance(value, str)
    }
    return Form(_event(request.path, fields), fields)


def new_token() -> str:
    return secrets.token_urlsafe(16)


def _event(path: str, fields: Mapping[str, str]) -> str:
    counted = [
        f"{name}={value}" for name, value in sorted(fields.items()) if name not in NOT_COUNTED
    ]
    token = [] if fields.get(TOKEN) else [new_token()]
    return hashlib.sha256("\0".join([path, *counted, *token]).encode()).hexdigest()[:40]
