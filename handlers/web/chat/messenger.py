"""Delivers into the mailbox of the person, from where any replica shows it."""

from collections.abc import Callable

from desk.model.messages import CannotTell, NotSent, Outgoing, SentAs
from desk.model.people import Person
from desk.services.inbox import Inbox
from handlers.web.chat.address import SURFACE, key_in
from handlers.web.chat.messages import as_body


class WebMessenger:
    surfaces = frozenset({SURFACE})

    def __init__(self, mailbox: Inbox, ring: Callable[[str], object]) -> None:
        """`ring` is told the key of the person to whom something came."""
        self._mailbox = mailbox
        self._ring = ring

    def send(self, outgoing: Outgoing) -> str:
        to, body = _owner(outgoing), as_body(outgoing.message)
        message_id = self._mailbox.put(to, outgoing.key, body, outgoing.replaces)
        self._ring(to.key)
        return message_id

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        found = self._mailbox.holds(_owner(outgoing), outgoing.key)
        return SentAs(found) if found else NotSent()


def _owner(outgoing: Outgoing) -> Person:
    return Person(key_in(outgoing.contact), "")
