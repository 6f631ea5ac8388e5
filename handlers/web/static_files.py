"""Serves styles, scripts and pictures under addresses that change with their content."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
TEXTS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
TYPES = {**TEXTS, **PICTURES}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`packed`: the body as gzip, or empty for a picture, which is compressed already."""

    body: bytes
    packed: bytes
    content_type: str
    digest: str


class StaticFiles:
    """Read once, at the start, so that no request can name another file."""

    def __init__(self, others: Mapping[str, bytes], folder: Path = STATIC) -> None:
        """`others`: files that are not in the folder, by name."""
        found = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in TYPES}
        self._files = {name: _file(name, body) for name, body in {**found, **others}.items()}

    def address(self, name: str) -> str:
        """The path of the file. Raises KeyError for an unknown name."""
        return f"/static/{self._files[name].digest}/{name}"

    def register(self, app: web.Application) -> None:
        app.router.add_get("/static/{digest}/{name}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        """During an upgrade, a page of an older replica may ask a newer one for its file."""
        file = self._files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        same = file.digest == request.match_info["digest"]
        headers = {"Cache-Control": FOR_A_YEAR if same else "no-cache", "Vary": "Accept-Encoding"}
        pack = bool(file.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
        if pack:
            headers["Content-Encoding"] = "gzip"
        charset = "utf-8" if file.packed else None
        body = file.packed if pack else file.body
        return web.Response(
            body=body, content_type=file.content_type, charset=charset, headers=headers
        )


def _file(name: str, body: bytes) -> StaticFile:
    suffix = Path(name).suffix.lower()
    packed = gzip.compress(body, mtime=0) if suffix in TEXTS else b""
    return StaticFile(body, packed, TYPES[suffix], hashlib.sha256(body).hexdigest()[:16])
