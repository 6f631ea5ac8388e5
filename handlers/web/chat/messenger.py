"""Delivers into the inbox of the person, from where any replica shows it."""

from collections.abc import Callable

from desk.model.messages import CannotTell, NotSent, Outgoing, SentAs
from desk.model.people import Person
from desk.services.inbox import Inbox
from handlers.web.chat.address import SURFACE, key_in
from handlers.web.chat.messages import as_body


class WebMessenger:
    surfaces = frozenset({SURFACE})

    def __init__(self, inbox: Inbox, notify: Callable[[str], object]) -> None:
        """`notify` is called with the key of the person to whom something came."""
        self._inbox = inbox
        self._notify = notify

    def send(self, outgoing: Outgoing) -> str:
        to, body = _owner(outgoing), as_body(outgoing.message)
        message_id = self._inbox.put(to, outgoing.key, body, outgoing.replaces)
        self._notify(to.key)
        return message_id

    def find_sent(self, outgoing: Outgoing) -> SentAs | NotSent | CannotTell:
        found = self._inbox.holds(_owner(outgoing), outgoing.key)
        return SentAs(found) if found else NotSent()


def _owner(outgoing: Outgoing) -> Person:
    return Person(key_in(outgoing.contact), "")
