"""What a page says about an error: one sentence. The rest is in the log."""

import logging
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from desk.model.errors import DeskError
from handlers.conversation.error_reply import log_error, new_reference
from handlers.web.forms import fields_read
from handlers.web.pages import render
from knowledge.errors import BadInput

FAILED = "Something went wrong. Please try again."
NO_PAGE = "There is no such page."
# The fields in which people write more than a few words.
WRITTEN = ("question", "text", "reason", "remark", "note")

log = logging.getLogger(__name__)


@web.middleware
async def catch(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        response = _refused(request, HTTPStatus(error.status), _sentence(error))
        response.headers.extend(_kept(error))
        return response
    except (DeskError, BadInput) as refusal:
        return _refused(request, HTTPStatus.CONFLICT, str(refusal))
    except Exception as error:  # noqa: BLE001 -- whatever broke, the log has it under the reference
        reference = log_error(error)
        # The query is left out: it may hold what somebody typed.
        log.warning("%s: %s %s", reference, request.method, request.path)
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR, FAILED, reference)


def _refused(request: web.Request, status: HTTPStatus, sentence: str) -> web.Response:
    reference = new_reference()
    log.info("%s: %s %s: %d", reference, request.method, request.path, status)
    return _page(request, status, sentence, reference)


def _page(request: web.Request, status: HTTPStatus, sentence: str, reference: str) -> web.Response:
    if "application/json" in request.headers.get("Accept", ""):
        return web.json_response({"error": sentence, "reference": reference}, status=status)
    heading = "Something went wrong" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "Not done"
    if status == HTTPStatus.NOT_FOUND:
        heading = "Not found"
    return render(
        request,
        "error.html",
        status,
        heading=heading,
        sentence=sentence,
        reference=reference,
        written=_written(request),
    )


def _written(request: web.Request) -> tuple[str, ...]:
    """What the person wrote, so that it can be copied."""
    fields = fields_read(request)
    return tuple(text for name in WRITTEN if (text := fields.get(name, "").strip()))


def _sentence(error: web.HTTPException) -> str:
    """Ours, where we gave one; what aiohttp says by itself is for programs."""
    if error.status == HTTPStatus.NOT_FOUND:
        return NO_PAGE
    given = error.text or ""
    return given if given != f"{error.status}: {error.reason}" else f"{error.reason}."


def _kept(error: web.HTTPException) -> dict[str, str]:
    return {name: error.headers[name] for name in ("Allow", "Retry-After") if name in error.headers}
