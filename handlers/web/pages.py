"""Renders pages from templates that escape what they show.

A page extends `base.html`. Its forms include `csrf.html`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from handlers.web.static_files import StaticFiles
from handlers.web.theme import Theme

TEMPLATES = Path(__file__).parent / "templates"
PAGES: web.AppKey["Pages"] = web.AppKey("pages")

DEFAULT_THEME = Theme()

Giver = Callable[[web.Request], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    path: str


class Pages:
    """Registered before the surfaces that render pages. `give` adds values to every page, such as
    `csrf_token`, `more_links` and `signed_in_as`."""

    messengers = ()

    def __init__(self, theme: Theme = DEFAULT_THEME) -> None:
        self._static = StaticFiles(_files(theme))
        self._givers: list[Giver] = []
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals["static"] = self._static.address
        self.environment.globals["theme"] = theme

    def register(self, app: web.Application) -> None:
        app[PAGES] = self
        self._static.register(app)

    def give(self, giver: Giver) -> None:
        self._givers.append(giver)

    def text(self, request: web.Request, template: str, values: Mapping[str, object]) -> str:
        given: dict[str, object] = {
            "path": request.path,
            "more_links": (),
            "signed_in_as": "",
            "csrf_token": "",
        }
        for giver in self._givers:
            given |= giver(request)
        return self.environment.get_template(template).render({**given, **values})


def _files(theme: Theme) -> dict[str, bytes]:
    """What the browser loads of a theme. Raises OSError for a logo that cannot be read."""
    files = {"theme.css": theme.style_sheet().encode()}
    return files | ({theme.logo_name: theme.logo.read_bytes()} if theme.logo else {})


def render(
    request: web.Request, template: str, status: int = 200, **values: object
) -> web.Response:
    text = request.app[PAGES].text(request, template, values)
    return web.Response(text=text, status=status, content_type="text/html")
