"""What goes wrong reaches a person as one sentence; its traceback is in the log, under the
reference that the sentence gives. The words of a question are in neither."""

import logging
import secrets

from desk.model.errors import DeskError
from knowledge.errors import BadInput

WENT_WRONG = "Something went wrong on my side. If it does so again, please report {reference}."

log = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    if isinstance(error, DeskError | BadInput):
        return str(error)
    reference = f"E-{secrets.token_hex(3)}"
    log.error("%s", reference, exc_info=error)
    return WENT_WRONG.format(reference=reference)
