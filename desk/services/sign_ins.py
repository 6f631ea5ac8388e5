"""Signing in to the desk: sessions that every replica knows, and who signed in and out."""

import hashlib
import secrets
from datetime import timedelta

from desk.model.audit import Action, Note
from desk.model.people import NOBODY, ActorRole, Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.storage import person_table, session_table
from desk.storage.database import Storage, Transaction

# Refused sign-ins that are noted one by one in an hour; the others are only counted, so that
# nobody outside can fill the audit trail.
MOST_REFUSALS = 20


class SignIns:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, person: Person, access: AccessLevel, lasting: timedelta) -> str:
        """Return a new session's secret, for the browser alone: the desk keeps a digest of it."""
        secret = secrets.token_urlsafe(32)
        with self._storage.begin() as tx:
            session_table.drop_expired(tx, tx.now)
            signed_in = SignedIn(person, access, tx.now + lasting)
            session_table.add(tx, _digest(secret), signed_in)
            who = person_table.known(tx, person, ActorRole.COMMS)
            tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_IN, access))
        return secret

    def renew(self, secret: str, person: Person, access: AccessLevel, lasting: timedelta) -> bool:
        """The same session goes on from now, with the access that the person has today. False
        where it has ended, or is another person's."""
        with self._storage.begin() as tx:
            before = session_table.read(tx, _digest(secret))
            if before is None or before.person.key != person.key:
                return False
            session_table.renew(tx, _digest(secret), SignedIn(person, access, tx.now + lasting))
            if before.access is not access:
                who = person_table.known(tx, person, ActorRole.COMMS)
                tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_IN, access))
        return True

    def find(self, secret: str) -> SignedIn | None:
        """None where the session has ended, or there never was one."""
        with self._storage.read() as tx:
            return session_table.read(tx, _digest(secret))

    def new_link(self, lasting: timedelta) -> str:
        """The key of a link that opens the desk once; the desk keeps a digest of it."""
        key = secrets.token_urlsafe(32)
        with self._storage.begin() as tx:
            session_table.add_link(tx, _digest(key), tx.now + lasting)
        return key

    def use_link(self, key: str) -> bool:
        """Whether the key was that of a link that was neither used nor has expired."""
        with self._storage.begin() as tx:
            return session_table.use_link(tx, _digest(key))

    def signing_key(self) -> bytes:
        """32 bytes, the same for all replicas and after each start: they sign the cookies of
        visitors, who have no session here."""
        with self._storage.begin() as tx:
            return bytes.fromhex(session_table.signing_key(tx, secrets.token_hex(32)))

    def close(self, secret: str) -> None:
        with self._storage.begin() as tx:
            signed_in = session_table.read(tx, _digest(secret))
            if signed_in is None:
                return
            session_table.drop(tx, _digest(secret))
            who = person_table.known(tx, signed_in.person, ActorRole.COMMS)
            tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_OUT, signed_in.access))

    def refused(self, why: str) -> None:
        """Note a refused sign-in, without who it was: they are not known to the desk."""
        with self._storage.begin() as tx:
            left_out = session_table.earlier_refusals(tx) - MOST_REFUSALS
            if left_out > 0:
                _note_refusal(tx, f"{left_out} more in an earlier hour")
            if session_table.count_refusal(tx) <= MOST_REFUSALS:
                _note_refusal(tx, why)


def _note_refusal(tx: Transaction, why: str) -> None:
    tx.note(Note(NOBODY, ActorRole.COMMS, Action.SIGN_IN_REFUSED, why))


def _digest(secret: str) -> str:
    # A browser may send any bytes as its cookie.
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
