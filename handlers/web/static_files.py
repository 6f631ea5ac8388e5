"""Serves styles, scripts and icons under addresses that change with their content."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class StaticFile:
    body: bytes
    content_type: str
    digest: str


class StaticFiles:
    """Read once, at the start, so that no request can name another file."""

    def __init__(self, folder: Path = STATIC) -> None:
        self._files = {path.name: _read(path) for path in folder.iterdir() if path.suffix in TYPES}

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
        caching = {"Cache-Control": FOR_A_YEAR if same else "no-cache"}
        return web.Response(
            body=file.body, content_type=file.content_type, charset="utf-8", headers=caching
        )


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    return StaticFile(body, TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:16])
