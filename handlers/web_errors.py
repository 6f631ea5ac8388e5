"""The one place where a page's errors end: one sentence for the person, the rest in the log."""

import html
import logging
import secrets
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.errors import DeskError
from knowledge.errors import BadInput

FAILED = "Something went wrong on our side."
NO_PAGE = "There is no such page."
PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<main><h1>{title}</h1><p>{sentence}</p><p>Reference: {reference}</p></main></html>
"""

log = logging.getLogger(__name__)

# Status, sentence and reference in, page out.
ErrorPage = Callable[[web.Request, HTTPStatus, str, str], web.Response]


class Errors:
    def __init__(self, page: ErrorPage) -> None:
        self._page = page

    @web.middleware
    async def catch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            if error.status < HTTPStatus.BAD_REQUEST:
                raise
            response = self._shown(request, HTTPStatus(error.status), _sentence(error))
            response.headers.extend(_kept(error))
            return response
        except (DeskError, BadInput) as refused:
            return self._shown(request, HTTPStatus.CONFLICT, str(refused))
        except Exception:  # noqa: BLE001 -- whatever broke, the log has it under the person's reference
            return self._broken(request)

    def _broken(self, request: web.Request) -> web.Response:
        reference = new_reference()
        # The path may hold a reference, the query may hold what somebody typed.
        log.exception("%s: %s %s", reference, request.method, request.path)
        return self._answer(request, HTTPStatus.INTERNAL_SERVER_ERROR, FAILED, reference)

    def _shown(self, request: web.Request, status: HTTPStatus, sentence: str) -> web.Response:
        reference = new_reference()
        log.info("%s: %s %s: %d", reference, request.method, request.path, status)
        return self._answer(request, status, sentence, reference)

    def _answer(
        self, request: web.Request, status: HTTPStatus, sentence: str, reference: str
    ) -> web.Response:
        if "application/json" in request.headers.get("Accept", ""):
            body = {"error": sentence, "reference": reference}
            return web.json_response(body, status=status)
        return self._page(request, status, sentence, reference)


def new_reference() -> str:
    return f"E-{secrets.token_hex(3).upper()}"


def plain_page(_: web.Request, status: HTTPStatus, sentence: str, reference: str) -> web.Response:
    text = PLAIN.format(
        title=status.phrase, sentence=html.escape(sentence), reference=html.escape(reference)
    )
    return web.Response(text=text, status=status, content_type="text/html")


def _sentence(error: web.HTTPException) -> str:
    """Ours, where we gave one; what aiohttp says by itself is for programs."""
    if error.status == HTTPStatus.NOT_FOUND:
        return NO_PAGE
    given = error.text or ""
    return given if given != f"{error.status}: {error.reason}" else f"{error.reason}."


def _kept(error: web.HTTPException) -> dict[str, str]:
    return {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}
