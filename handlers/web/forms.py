"""A form as it was sent, and what somebody typed into an address."""

import asyncio
import hashlib
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.client_exceptions import ClientPayloadError as PayloadError
from aiohttp.typedefs import Handler
from multidict import MultiDict, MultiDictProxy

from knowledge.errors import BadInput

TOKEN = "token"  # noqa: S105 -- the name of a field
NOT_COUNTED = ("csrf_token",)
FORM = "application/x-www-form-urlencoded"
FILE_FORM = "multipart/form-data"
UPLOAD = "/desk/policies/upload"
"""The address that takes a large file."""
SMALL_UPLOADS = ("/desk/published/import",)
"""Addresses that take a file of the size that any form may have."""
LARGEST_UPLOAD = 21 * 1024 * 1024
"""Bytes: a policy of the largest size that is read, and what surrounds it in the form."""
CHARSETS = ("utf-8", "utf8")
LARGEST_FORM = 256 * 1024  # bytes as sent; a character may take nine
MOST_FIELDS = 2000  # a case can cite any clause of the policies
TOO_LARGE = "That is too long: a form may hold 200,000 characters."
TOO_LONG = "That is too long: write at most {longest:,} characters."
NOT_A_FORM = "This page takes only what its own forms send, so nothing was done."
NOT_TEXT = "This form holds something that is not text, so nothing was done."
BAD_ADDRESS = "This address holds characters that no page has."
# In the address as it came, and in what its escapes mean: what is no text, or a zero byte.
UNREADABLE = re.compile(r"[\0\ud800-\udfff]")

Fields = MultiDictProxy[str]

_FIELDS: web.RequestKey[Fields] = web.RequestKey("fields")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """Both are empty where no file was chosen."""

    name: str = ""
    content: bytes = b""


_FILE: web.RequestKey[UploadedFile] = web.RequestKey("file")


@dataclass(frozen=True, slots=True)
class Form:
    """`event` is the same when the same words are sent again from the same form: by a double
    click, by a reload. Other words from it, after going back, make another event."""

    event: str
    fields: Fields

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def check_length(self, name: str, longest: int) -> None:
        """Raises BadInput."""
        if len(self.fields.get(name, "")) > longest:
            raise BadInput(TOO_LONG.format(longest=longest))

    def number(self, name: str) -> int:
        """Raises BadInput."""
        given = self.text(name)
        if not given.isdecimal() or len(given) > 18:
            raise BadInput(f"{name} must be a number, and is {given[:40]!r}.")
        return int(given)


@web.middleware
async def readable_address(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Neither a template nor a database takes such characters, and no link of ours has them."""
    if UNREADABLE.search(request.path) or UNREADABLE.search(request.query_string):
        raise web.HTTPBadRequest(text=BAD_ADDRESS)
    return await handler(request)


async def fields_of(request: web.Request) -> Fields:
    """What the form holds; read once. Raises HTTPException with a sentence for what is no form
    of our pages."""
    if _FIELDS not in request:
        body = await request.read()
        if request.path in (UPLOAD, *SMALL_UPLOADS) and request.content_type == FILE_FORM:
            fields, request[_FILE] = await _file_form(request, body)
        else:
            fields = _parsed(request, body)
        request[_FIELDS] = MultiDictProxy(fields)
    return request[_FIELDS]


async def uploaded_file(request: web.Request) -> UploadedFile:
    await fields_of(request)
    return request[_FILE] if _FILE in request else UploadedFile()


def fields_read(request: web.Request) -> Fields:
    """What the form holds, if anything has read it yet."""
    return request.get(_FIELDS) or MultiDictProxy(MultiDict())


async def form_of(request: web.Request) -> Form:
    fields = await fields_of(request)
    return Form(_event(request.path, fields), fields)


def new_token() -> str:
    return secrets.token_urlsafe(16)


async def _file_form(request: web.Request, body: bytes) -> tuple[MultiDict[str], UploadedFile]:
    """Raises HTTPBadRequest for what no browser sends."""
    stream = StreamReader(BaseProtocol(asyncio.get_running_loop()), len(body) + 1)
    stream.feed_data(body)
    stream.feed_eof()
    fields: MultiDict[str] = MultiDict()
    file = UploadedFile()
    try:
        async for part in MultipartReader(request.headers, stream):
            if not isinstance(part, BodyPartReader) or len(fields) > MOST_FIELDS:
                raise web.HTTPBadRequest(text=NOT_TEXT)
            content = bytes(await part.read())
            if part.filename is not None:
                file = UploadedFile(part.filename, content)
            else:
                fields.add(part.name or "", content.decode("utf-8").replace("\0", ""))
    except (ValueError, LookupError, RuntimeError, PayloadError):
        raise web.HTTPBadRequest(text=NOT_TEXT) from None
    return fields, file


def _parsed(request: web.Request, body: bytes) -> MultiDict[str]:
    if len(body) > LARGEST_FORM:
        raise web.HTTPRequestEntityTooLarge(LARGEST_FORM, text=TOO_LARGE)
    if body and (request.content_type != FORM or _charset(request) not in CHARSETS):
        raise web.HTTPUnsupportedMediaType(text=NOT_A_FORM)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:  # not UTF-8, or too many fields
        raise web.HTTPBadRequest(text=NOT_TEXT) from None
    # PostgreSQL keeps no text with a zero byte in it.
    return MultiDict((name, value.replace("\0", "")) for name, value in pairs)


def _charset(request: web.Request) -> str:
    return (request.charset or CHARSETS[0]).lower()


def _event(path: str, fields: Fields) -> str:
    counted = [
        f"{name}={value}" for name, value in sorted(fields.items()) if name not in NOT_COUNTED
    ]
    token = [] if fields.get(TOKEN) else [new_token()]
    return hashlib.sha256("\0".join([path, *counted, *token]).encode()).hexdigest()[:40]
