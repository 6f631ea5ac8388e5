"""What comms turn on for the whole council at once. Kept in the database, so that every
replica obeys from its next question on."""

from enum import StrEnum

from desk import storage_people, storage_switches
from desk.audit import Action, Note
from desk.people import Capacity, Person
from desk.storage import Storage


class Switch(StrEnum):
    HAND_EVERYTHING_OVER = "hand everything over"
    OFF = "off"


class Switches:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def on(self) -> frozenset[Switch]:
        with self._storage.read() as tx:
            return frozenset(Switch(name) for name in storage_switches.on(tx))

    def turn_on(self, switch: Switch, by: Person) -> None:
        with self._storage.begin() as tx:
            who = storage_people.known(tx, by, Capacity.COMMS)
            if storage_switches.turn_on(tx, switch, who):
                tx.note(Note(who.id, Capacity.COMMS, Action.SWITCHED_ON, switch))

    def turn_off(self, switch: Switch, by: Person) -> None:
        with self._storage.begin() as tx:
            who = storage_people.known(tx, by, Capacity.COMMS)
            if storage_switches.turn_off(tx, switch):
                tx.note(Note(who.id, Capacity.COMMS, Action.SWITCHED_OFF, switch))
