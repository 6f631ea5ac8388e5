"""E-mail addresses: which text is one, and how the outbox names a reader of e-mail."""

import re

from desk.model.errors import Refused
from desk.model.people import Contact

SURFACE = "email"
LONGEST_ADDRESS = 254
"""Characters: a path of RFC 5321, section 4.5.3.1.3, without its angle brackets."""
NOT_AN_ADDRESS = "Write one e-mail address, such as name@example.gov.uk."

# As HTML defines the value of an e-mail field, so that pages and server agree, but with a dot in
# the domain, none beside another, and no "=?": Python's e-mail library would decode what follows.
# No space, line end, comma or angle bracket passes, so an address can bring neither a second
# recipient nor a header.
# https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?!.*=\?)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_BETWEEN_WORDS = re.compile(r"[\s,;:<>()]+")


class BadAddress(Refused):
    """The text is not one e-mail address."""


def is_address(text: str) -> bool:
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def checked_address(text: str) -> str:
    """The address without blanks around it. Raises BadAddress."""
    address = text.strip()
    if not is_address(address):
        raise BadAddress(NOT_AN_ADDRESS)
    return address


def address_in(text: str) -> str:
    """The first address among the words of a text, or empty."""
    return next(filter(is_address, _BETWEEN_WORDS.split(text)), "")


def contact_at(address: str) -> Contact:
    return Contact(SURFACE, address)
