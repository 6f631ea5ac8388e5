"""What a person is told about an error, and what the log keeps of it.

The log holds the traceback under the reference that the person sees, and never the text of an
exception: that may be somebody's question.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from traceback import format_tb

from desk.model.errors import DeskError
from knowledge.errors import BadInput

FAILED = (
    "Something went wrong. Please try again. If it happens again, tell the communications team "
    "this reference: {reference}."
)
FAILED_AFTER_STORING = (
    "Something went wrong (reference {reference}). Your question is saved, and I will try again "
    "in a few minutes."
)

log = logging.getLogger(__name__)


def _type_name(error: BaseException) -> str:
    return type(error).__name__


def error_reply(
    error: BaseException,
    *,
    stored: bool = False,
    describe: Callable[[BaseException], str] = _type_name,
) -> str:
    """One sentence for the person. A refusal says itself why; all else is logged.

    `stored`: the question is in the database, so that the sweeper will answer it. `describe`
    names an exception in the log without the words of a question; a platform may add its code.
    """
    if isinstance(error, DeskError | BadInput):
        return str(error)
    reference = log_error(error, describe)
    return (FAILED_AFTER_STORING if stored else FAILED).format(reference=reference)


def log_error(error: BaseException, describe: Callable[[BaseException], str] = _type_name) -> str:
    """The reference under which the log has the traceback."""
    reference = new_reference()
    log.error("%s: %s", reference, "".join(_traced(error, describe)))
    return reference


def new_reference() -> str:
    """ "E-7F3A2C"."""
    return f"E-{secrets.token_hex(3).upper()}"


def _traced(error: BaseException | None, describe: Callable[[BaseException], str]) -> Iterator[str]:
    """The error and its causes, outermost first, each with its frames."""
    while error is not None:
        yield f"{describe(error)}\n"
        yield from format_tb(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
