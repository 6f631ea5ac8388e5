"""Signing in to the desk: sessions that every replica knows, and a trail of who came and went."""

import hashlib
import secrets
from datetime import timedelta

from desk import storage_people, storage_sign_ins
from desk.audit import Action, Note
from desk.people import Capacity, Person
from desk.sign_in import SignedIn, Standing
from desk.storage import Storage

NOBODY = "nobody"


class SignIns:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def open(self, person: Person, standing: Standing, lasting: timedelta) -> str:
        """A new session's secret, for the browser alone: the desk keeps a digest of it."""
        secret = secrets.token_urlsafe(32)
        with self._storage.begin() as tx:
            storage_sign_ins.drop_expired(tx, tx.now)
            signed_in = SignedIn(person, standing, tx.now + lasting)
            storage_sign_ins.add(tx, _digest(secret), signed_in)
            who = storage_people.known(tx, person, Capacity.COMMS)
            tx.note(Note(who.id, Capacity.COMMS, Action.SIGNED_IN, standing))
        return secret

    def find(self, secret: str) -> SignedIn | None:
        """None where the session has ended, or never was."""
        with self._storage.read() as tx:
            return storage_sign_ins.read(tx, _digest(secret))

    def close(self, secret: str) -> None:
        with self._storage.begin() as tx:
            signed_in = storage_sign_ins.read(tx, _digest(secret))
            if signed_in is None:
                return
            storage_sign_ins.drop(tx, _digest(secret))
            who = storage_people.known(tx, signed_in.person, Capacity.COMMS)
            tx.note(Note(who.id, Capacity.COMMS, Action.SIGNED_OUT, signed_in.standing))

    def refused(self, why: str) -> None:
        """Somebody tried to come in. Who they are is not kept: they are nobody of the desk."""
        with self._storage.begin() as tx:
            tx.note(Note(NOBODY, Capacity.COMMS, Action.SIGN_IN_REFUSED, why))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
