"""Signing in to the desk: sessions that every replica knows, and a trail of who came and went."""

import hashlib
import secrets
from datetime import timedelta

from desk.model.audit import Action, Note
from desk.model.people import ActorRole, Person
from desk.model.sign_in import AccessLevel, SignedIn
from desk.storage import person_table, sign_in_table
from desk.storage.database import Storage

NOBODY = "nobody"


class SignIns:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, person: Person, standing: AccessLevel, lasting: timedelta) -> str:
        """A new session's secret, for the browser alone: the desk keeps a digest of it."""
        secret = secrets.token_urlsafe(32)
        with self._storage.begin() as tx:
            sign_in_table.drop_expired(tx, tx.now)
            signed_in = SignedIn(person, standing, tx.now + lasting)
            sign_in_table.add(tx, _digest(secret), signed_in)
            who = person_table.known(tx, person, ActorRole.COMMS)
            tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_IN, standing))
        return secret

    def renew(self, secret: str, person: Person, standing: AccessLevel, lasting: timedelta) -> bool:
        """The same session goes on from now, with the access that the person has today. False
        where it has ended, or is another person's."""
        with self._storage.begin() as tx:
            before = sign_in_table.read(tx, _digest(secret))
            if before is None or before.person.key != person.key:
                return False
            sign_in_table.renew(tx, _digest(secret), SignedIn(person, standing, tx.now + lasting))
            if before.standing is not standing:
                who = person_table.known(tx, person, ActorRole.COMMS)
                tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_IN, standing))
        return True

    def find(self, secret: str) -> SignedIn | None:
        """None where the session has ended, or never was."""
        with self._storage.read() as tx:
            return sign_in_table.read(tx, _digest(secret))

    def signing_key(self) -> bytes:
        """32 bytes, the same for all replicas and after each start: they sign the cookies of
        visitors, who have no session here."""
        with self._storage.begin() as tx:
            return bytes.fromhex(sign_in_table.signing_key(tx, secrets.token_hex(32)))

    def close(self, secret: str) -> None:
        with self._storage.begin() as tx:
            signed_in = sign_in_table.read(tx, _digest(secret))
            if signed_in is None:
                return
            sign_in_table.drop(tx, _digest(secret))
            who = person_table.known(tx, signed_in.person, ActorRole.COMMS)
            tx.note(Note(who.id, ActorRole.COMMS, Action.SIGNED_OUT, signed_in.standing))

    def refused(self, why: str) -> None:
        """Somebody tried to come in. Who they are is not kept: they are nobody of the desk."""
        with self._storage.begin() as tx:
            tx.note(Note(NOBODY, ActorRole.COMMS, Action.SIGN_IN_REFUSED, why))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
